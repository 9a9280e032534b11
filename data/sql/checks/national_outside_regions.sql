-- An average of parts lies between the smallest and the largest, once every part is there; an area whose rate is not
-- given because few people live there may be missing. A little is allowed for rounding.
WITH total AS (
    SELECT p.row, p.indicator, p.area_code, p.period_start, p.period_end, p.figure, p.changed
    FROM upload_point p JOIN upload_definition d ON d.key = p.indicator
    WHERE d.measure IN ('proportion', 'rate', 'mean') AND p.breakdown_type = '' AND p.breakdown = ''
        AND p.organisation = '' AND p.figure IS NOT NULL
),
whole AS (
    SELECT * FROM total WHERE row IS NOT NULL AND area_code IN (SELECT whole FROM upload_part)
),
spread AS (
    SELECT w.row, u.kind, any_value(w.figure) AS figure, bool_or(w.changed OR t.changed) AS changed,
        min(t.figure) AS lowest, max(t.figure) AS highest, count(DISTINCT u.code) AS found
    FROM whole w
    JOIN upload_part u ON u.whole = w.area_code
    JOIN total t ON t.area_code = u.code AND t.indicator = w.indicator AND t.period_start = w.period_start
        AND t.period_end = w.period_end
    GROUP BY w.row, u.kind, u.needed
    HAVING found >= 3 AND count(DISTINCT u.code) FILTER (u.rates_given) = u.needed
)
SELECT s.row, CASE WHEN t.value IS NULL THEN 'numerator' ELSE 'value' END AS "column",
    coalesce(t.value, t.numerator) AS value,
    shown(s.figure) || ', while its ' || s.found || ' ' || s.kind || ' lie between ' || shown(s.lowest) || ' and '
    || shown(s.highest) AS detail
FROM spread s JOIN upload_text t USING (row) ANTI JOIN upload_scale USING (row)
WHERE s.changed AND (s.figure < s.lowest * 0.99 - 0.05 OR s.figure > s.highest * 1.01 + 0.05)
