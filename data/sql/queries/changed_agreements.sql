-- Indicators that are agreed at a version and were not at an earlier one, or the other way round.
WITH earlier AS (
    SELECT * FROM agreement WHERE from_version <= $since AND (until_version IS NULL OR until_version > $since)
),
later AS (
    SELECT * FROM agreement WHERE from_version <= $version AND (until_version IS NULL OR until_version > $version)
)
SELECT
    coalesce(l.indicator, e.indicator) AS indicator, CASE WHEN e.indicator IS NULL THEN 'new' ELSE 'withdrawn' END AS state,
    coalesce(l.agreed_by, e.agreed_by) AS agreed_by, coalesce(l.reason, e.end_reason) AS reason,
    coalesce(l.invented, e.invented) AS invented
FROM earlier e FULL JOIN later l ON l.indicator = e.indicator
WHERE e.indicator IS NULL OR l.indicator IS NULL
ORDER BY indicator
