-- Rows whose figure seems to be in another unit: `times` is the power of ten by which it is off.
-- Either every share of an indicator in the file is a fraction of 1 where one in 100 is meant, and no stored one is;
-- or the figure is off by a power of ten from the median of a series whose middle half differs by a factor of 2 at most,
-- and there are too many people or cases for that to be chance.
CREATE OR REPLACE TEMP TABLE upload_scale AS
WITH fractions AS (
    SELECT indicator FROM upload
    WHERE measure = 'proportion' AND multiplier >= 10 AND numerator IS NULL AND value IS NOT NULL
    GROUP BY indicator HAVING min(value) >= 0 AND max(value) <= 1 AND bool_or(value > 0 AND value < 1)
),
small_before AS (
    SELECT DISTINCT indicator FROM upload_stored WHERE figure > 0 AND figure <= 1
),
uneven AS (
    SELECT series FROM upload_figure WHERE figure > 0
    GROUP BY series HAVING count(*) >= 4 AND max(figure) >= 5 * min(figure) AND bool_or(changed)
),
usual AS (
    SELECT f.series, quantile_cont(f.figure, [0.25, 0.5, 0.75]) AS quarters
    FROM upload_figure f
    SEMI JOIN (
        SELECT u.series FROM uneven u JOIN upload_series s USING (series) JOIN upload_definition d ON d.key = s.indicator
        WHERE d.measure IN ('proportion', 'rate')
    ) USING (series)
    WHERE f.figure > 0 GROUP BY f.series
),
off AS (
    SELECT p.row, u.quarters[2] AS median, log10(p.figure / u.quarters[2]) AS power
    FROM upload_figure p JOIN usual u USING (series)
    WHERE p.changed AND p.figure > 0 AND u.quarters[3] <= 2 * u.quarters[1]
        AND abs(power) > 0.8 AND abs(power - round(power)) <= 0.2
        AND (p.numerator IS NULL OR greatest(p.numerator, p.numerator * median / p.figure) >= 30)
)
SELECT row, any_value(power) AS power, any_value(median) AS median
FROM (
    SELECT u.row, -CAST(round(log10(u.multiplier)) AS INTEGER) AS power, CAST(NULL AS DOUBLE) AS median
    FROM upload u SEMI JOIN fractions USING (indicator) ANTI JOIN small_before USING (indicator)
    WHERE u.value > 0 AND u.numerator IS NULL
    UNION ALL
    SELECT row, CAST(round(power) AS INTEGER), median FROM off
)
GROUP BY row
