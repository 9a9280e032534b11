-- The resident population that each row is divided by: the latest estimate not after the middle of the
-- period and at most two years older; null where there is none. Only rows of areas that have estimates.
CREATE OR REPLACE TEMP TABLE upload_estimate AS
WITH counted AS (
    SELECT row, area_code, period_start + CAST((period_end - period_start + 1) // 2 AS INTEGER) AS midpoint
    FROM upload
    WHERE resident_population AND numerator IS NOT NULL AND period_start IS NOT NULL
        AND area_code IN (SELECT area_code FROM upload_population)
)
SELECT
    c.row,
    CASE WHEN make_date(p.mid_year + 2, 6, 30) >= c.midpoint THEN p.mid_year END AS mid_year,
    CASE WHEN make_date(p.mid_year + 2, 6, 30) >= c.midpoint THEN p.population END AS population
FROM counted c
ASOF LEFT JOIN upload_population p ON p.area_code = c.area_code AND make_date(p.mid_year, 6, 30) <= c.midpoint
