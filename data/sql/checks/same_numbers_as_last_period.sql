-- Three indicators of an area or more, and at least half of those that have a period before to be compared with.
WITH total AS (
    SELECT row, indicator, area_code, period_start, period_end, numerator, denominator, figure, changed, series
    FROM upload_point
    WHERE breakdown_type = '' AND breakdown = '' AND organisation = '' AND figure <> 0
),
compared AS (
    SELECT n.row, n.area_code, n.indicator, n.period_end,
        n.figure = b.figure AND n.numerator IS NOT DISTINCT FROM b.numerator
        AND n.denominator IS NOT DISTINCT FROM b.denominator AS same
    FROM total n JOIN total b ON b.series = n.series AND b.period_end = n.period_start - 1
    WHERE n.changed
),
copied AS (
    SELECT area_code, period_end, count(DISTINCT indicator) FILTER (same) AS alike,
        count(DISTINCT indicator) AS indicators
    FROM compared GROUP BY ALL HAVING alike >= 3 AND 2 * alike >= indicators
)
SELECT c.row, '' AS "column", '' AS value,
    k.alike || ' of ' || k.indicators || ' indicators of ' || a.name AS detail
FROM compared c JOIN copied k USING (area_code, period_end) JOIN upload_area a ON a.code = c.area_code
WHERE c.same
