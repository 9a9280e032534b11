-- The stored facts that confirming would change, beside the upload's, and stored ones of the same areas and span that
-- the upload lacks.
CREATE OR REPLACE TEMP TABLE upload_difference AS
WITH stored AS (
    SELECT * FROM observation WHERE until_version IS NULL
),
span AS (
    SELECT indicator, area_code, min(period_start) AS first_start, max(period_end) AS last_end FROM upload GROUP BY ALL
)
SELECT
    u.row, 'changed' AS state,
    u.indicator, u.area_code, u.period_start, u.period_end, u.breakdown_type, u.breakdown, u.organisation,
    s.numerator AS old_numerator, s.denominator AS old_denominator, s.value AS old_value, s.note AS old_note,
    u.numerator, u.denominator, u.value, u.note
FROM upload_state c
JOIN upload u USING (row)
JOIN stored s
    USING (indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation)
WHERE c.state = 'changed'
UNION ALL
SELECT
    0, 'absent',
    s.indicator, s.area_code, s.period_start, s.period_end, s.breakdown_type, s.breakdown, s.organisation,
    s.numerator, s.denominator, s.value, s.note, NULL, NULL, NULL, NULL
FROM stored s
JOIN span ON span.indicator = s.indicator AND span.area_code = s.area_code
    AND s.period_start >= span.first_start AND s.period_end <= span.last_end
ANTI JOIN upload u
    ON u.indicator = s.indicator AND u.area_code = s.area_code AND u.period_start = s.period_start
    AND u.period_end = s.period_end AND u.breakdown_type = s.breakdown_type AND u.breakdown = s.breakdown
    AND u.organisation = s.organisation
