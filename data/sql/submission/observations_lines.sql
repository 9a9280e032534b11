-- What would change, changed facts first, then new and absent ones, up to a number of lines.
SELECT * FROM (
    SELECT * FROM upload_difference
    UNION ALL BY NAME
    SELECT
        u.row, 'new' AS state,
        u.indicator, u.area_code, u.period_start, u.period_end, u.breakdown_type, u.breakdown, u.organisation,
        u.numerator, u.denominator, u.value, u.note
    FROM upload u ANTI JOIN upload_state USING (row)
)
ORDER BY CASE state WHEN 'changed' THEN 1 WHEN 'new' THEN 2 ELSE 3 END, row, indicator, area_code, period_start, period_end, breakdown_type,
    breakdown, organisation
LIMIT $lines
