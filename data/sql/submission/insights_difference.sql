-- Each piece of evidence of the upload beside what is stored, and stored pieces of the same areas and span that it lacks.
CREATE OR REPLACE TEMP TABLE upload_difference AS
WITH stored AS (
    SELECT * FROM insight WHERE until_version IS NULL
),
compared AS (
    SELECT
        u.row,
        CASE
            WHEN s.commitment IS NULL THEN 'new'
            WHEN u.sector IS NOT DISTINCT FROM s.sector AND u.participants IS NOT DISTINCT FROM s.participants
                AND u.grade IS NOT DISTINCT FROM s.grade AND u.direction IS NOT DISTINCT FROM s.direction
                AND u.summary IS NOT DISTINCT FROM s.summary AND u.quote IS NOT DISTINCT FROM s.quote
                AND u.consent_to_publish = s.consent_to_publish AND u.visibility = s.visibility
                AND u.barriers IS NOT DISTINCT FROM s.barriers AND u.enablers IS NOT DISTINCT FROM s.enablers
                AND u.not_heard IS NOT DISTINCT FROM s.not_heard THEN 'unchanged'
            ELSE 'changed'
        END AS state,
        commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference,
        s.grade AS old_grade, s.summary AS old_summary, u.grade, u.summary
    FROM upload u
    LEFT JOIN stored s
        USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
),
span AS (
    SELECT commitment, area_code, min(period_start) AS first_start, max(period_end) AS last_end FROM upload GROUP BY ALL
)
SELECT * FROM compared
UNION ALL
SELECT
    0, 'absent',
    s.commitment, s.area_code, s.period_start, s.period_end, s.perspective, s.organisation, s.method, s.source_reference,
    s.grade, s.summary, NULL, NULL
FROM stored s
JOIN span ON span.commitment = s.commitment AND span.area_code = s.area_code
    AND s.period_start >= span.first_start AND s.period_end <= span.last_end
ANTI JOIN upload u
    ON u.commitment = s.commitment AND u.area_code = s.area_code AND u.period_start = s.period_start
    AND u.period_end = s.period_end AND u.perspective = s.perspective AND u.organisation = s.organisation
    AND u.method = s.method AND u.source_reference = s.source_reference
