-- What the store holds of the upload's indicators: every fact of its areas, and the totals of all areas, each with its
-- figure. Rates are divided by the resident population as uploaded ones are. `series` tells apart what is followed from
-- period to period; a hash stands for its five texts, and two that are unequal with equal hashes are next to impossible.
CREATE OR REPLACE TEMP TABLE upload_stored AS
WITH held AS (
    SELECT o.*, d.measure, d.multiplier, d.resident_population,
        hash(o.indicator, o.area_code, o.breakdown_type, o.breakdown, o.organisation) AS series
    FROM observation o JOIN upload_definition d ON d.key = o.indicator
    WHERE o.until_version IS NULL AND o.indicator IN (SELECT indicator FROM upload)
        AND ((o.breakdown_type = '' AND o.organisation = '') OR o.area_code IN (SELECT area_code FROM upload))
),
of_residents AS (
    SELECT h.*, CASE WHEN make_date(p.mid_year + 2, 6, 30) >= h.midpoint THEN p.population END AS divisor
    FROM (
        SELECT *, period_start + CAST((period_end - period_start + 1) // 2 AS INTEGER) AS midpoint
        FROM held WHERE resident_population
    ) h
    ASOF LEFT JOIN upload_population p ON p.area_code = h.area_code AND make_date(p.mid_year, 6, 30) <= h.midpoint
),
divided AS (
    SELECT * EXCLUDE (midpoint) FROM of_residents
    UNION ALL BY NAME
    SELECT *, denominator AS divisor FROM held WHERE NOT resident_population
)
SELECT series, indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation,
    numerator, denominator, value, figure_of(measure, multiplier, numerator, divisor, value) AS figure
FROM divided
