-- Targets that hold at a version and did not at an earlier one, the other way round, or otherwise. One for another day is another target.
WITH earlier AS (
    SELECT * FROM target WHERE from_version <= $since AND until_version > $since AND until_version <= $version
),
later AS (
    SELECT * FROM target
    WHERE from_version > $since AND from_version <= $version AND (until_version IS NULL OR until_version > $version)
)
SELECT
    coalesce(l.indicator, e.indicator) AS indicator, coalesce(l.area_code, e.area_code) AS area_code,
    CASE WHEN e.indicator IS NULL THEN 'new' WHEN l.indicator IS NULL THEN 'withdrawn' ELSE 'corrected' END AS state,
    e.value AS was_value, l.value, coalesce(l.due, e.due) AS due, coalesce(l.agreed_by, e.agreed_by) AS agreed_by,
    coalesce(l.reason, e.end_reason, e.reason) AS reason, coalesce(l.invented, e.invented) AS invented
FROM earlier e
FULL JOIN later l ON l.indicator = e.indicator AND l.area_code IS NOT DISTINCT FROM e.area_code AND l.due = e.due
WHERE (e.value, e.agreed_by, e.reason) IS DISTINCT FROM (l.value, l.agreed_by, l.reason)
ORDER BY ALL
