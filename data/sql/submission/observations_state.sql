-- The rows of the upload whose fact is stored already: changed or unchanged. All others are new.
CREATE OR REPLACE TEMP TABLE upload_state AS
SELECT
    u.row,
    CASE
        WHEN u.numerator IS NOT DISTINCT FROM s.numerator
            AND u.denominator IS NOT DISTINCT FROM s.denominator AND u.value IS NOT DISTINCT FROM s.value
            AND u.lower IS NOT DISTINCT FROM s.lower AND u.upper IS NOT DISTINCT FROM s.upper
            AND u.note IS NOT DISTINCT FROM s.note AND u.comment IS NOT DISTINCT FROM s.comment THEN 'unchanged'
        ELSE 'changed'
    END AS state
FROM upload u
JOIN (SELECT * FROM observation WHERE until_version IS NULL) s
    USING (indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation)
