-- Evidence that holds at a version and did not at an earlier one, the other way round, or otherwise, as far as the person
-- asking may see it at each of them; a quote without consent is left out.
WITH told AS MATERIALIZED (
    all_of_them
),
earlier AS (
    SELECT * REPLACE (CASE WHEN consent_to_publish THEN quote END AS quote) FROM told
    WHERE from_version <= $since AND until_version > $since AND until_version <= $version
        AND area_code IN (SELECT unnest($areas))
        AND (visibility = 'public' OR $sees_every_area OR list_contains($own_areas, area_code)
            OR (visibility = 'steering' AND ($sees_steering OR list_contains($scope, area_code))))
),
later AS (
    SELECT * REPLACE (CASE WHEN consent_to_publish THEN quote END AS quote) FROM told
    WHERE from_version > $since AND from_version <= $version AND (until_version IS NULL OR until_version > $version)
        AND area_code IN (SELECT unnest($areas))
        AND (visibility = 'public' OR $sees_every_area OR list_contains($own_areas, area_code)
            OR (visibility = 'steering' AND ($sees_steering OR list_contains($scope, area_code))))
),
beside AS (
    SELECT
        commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference,
        CASE
            WHEN e.submission IS NULL THEN 'new'
            WHEN l.submission IS NULL THEN 'withdrawn'
            WHEN (e.sector, e.participants, e.grade, e.direction, e.summary, e.quote, e.visibility, e.barriers, e.enablers,
                    e.not_heard)
                IS DISTINCT FROM (l.sector, l.participants, l.grade, l.direction, l.summary, l.quote, l.visibility,
                    l.barriers, l.enablers, l.not_heard) THEN 'corrected'
        END AS state,
        e.grade AS was_grade, e.summary AS was_summary, l.grade, l.summary,
        coalesce(l.submission, e.submission) AS submission
    FROM earlier e
    FULL JOIN later l
        USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
)
SELECT b.* EXCLUDE (submission), s.invented
FROM beside b JOIN submission s ON s.id = b.submission
WHERE state IS NOT NULL
ORDER BY list_position(['corrected', 'withdrawn', 'new'], state), period_end DESC, commitment, area_code, period_start,
    perspective, organisation, method, source_reference
