-- The stored pieces of evidence that confirming would change, beside the upload’s, and stored ones of the same areas and
-- span that the upload lacks.
CREATE OR REPLACE TEMP TABLE upload_difference AS
WITH stored AS (
    SELECT * FROM insight WHERE until_version IS NULL
),
span AS (
    SELECT commitment, area_code, min(period_start) AS first_start, max(period_end) AS last_end FROM upload GROUP BY ALL
)
SELECT
    u.row, 'changed' AS state,
    u.commitment, u.area_code, u.period_start, u.period_end, u.perspective, u.organisation, u.method,
    u.source_reference,
    s.grade AS old_grade, s.summary AS old_summary,
    u.grade, u.summary
FROM upload_state c
JOIN upload u USING (row)
JOIN stored s
    USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
WHERE c.state = 'changed'
UNION ALL
SELECT
    0, 'absent',
    s.commitment, s.area_code, s.period_start, s.period_end, s.perspective, s.organisation, s.method,
    s.source_reference,
    s.grade, s.summary, NULL, NULL
FROM stored s
JOIN span ON span.commitment = s.commitment AND span.area_code = s.area_code
    AND s.period_start >= span.first_start AND s.period_end <= span.last_end
ANTI JOIN upload u
    ON u.commitment = s.commitment AND u.area_code = s.area_code AND u.period_start = s.period_start
    AND u.period_end = s.period_end AND u.perspective = s.perspective AND u.organisation = s.organisation
    AND u.method = s.method AND u.source_reference = s.source_reference
