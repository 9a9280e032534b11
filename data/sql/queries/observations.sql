-- Observations that held at a version, with the resident population where the indicator asks for it: the latest mid-year
-- estimate not after the middle of the period and at most two years older. A region's is the sum of its areas'.
-- With `only`, a list of indicators and ends of periods as in 'knife_offences 2021-03-31', nothing but those; `earliest` is
-- the first end, by which most of a long history need not be read.
-- `smallest_before` is the smallest count above zero that an earlier version held of the same fact.
WITH held AS MATERIALIZED (
    SELECT o.* EXCLUDE (breakdown_type, breakdown, organisation, submission_row, from_version, until_version),
        o.period_start + CAST((o.period_end - o.period_start + 1) // 2 AS INTEGER) AS midpoint
    FROM observation o
    WHERE o.from_version <= $version AND (o.until_version IS NULL OR $version < o.until_version)
        AND ($indicator IS NULL OR o.indicator = $indicator)
        AND ($area IS NULL OR o.area_code = $area)
        AND o.breakdown_type = '' AND o.organisation = ''
        AND ($earliest IS NULL OR o.period_end >= $earliest)
        AND ($only IS NULL OR list_contains($only, o.indicator || ' ' || o.period_end))
),
once AS MATERIALIZED (
    SELECT indicator, area_code, period_start, period_end,
        min(least(nullif(greatest(numerator, 0), 0), nullif(greatest(denominator, 0), 0))) AS smallest_before
    FROM observation
    WHERE until_version <= $version AND breakdown_type = '' AND organisation = ''
        AND ($indicator IS NULL OR indicator = $indicator) AND ($area IS NULL OR area_code = $area)
    GROUP BY ALL
),
defined AS (
    SELECT * FROM indicator WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
),
placed AS (
    SELECT * FROM area WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
),
of_areas AS (
    SELECT area_code, mid_year, population FROM population
    WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
),
of_regions AS (
    SELECT p.parent AS area_code, mid_year, sum(population) AS population
    FROM of_areas JOIN placed p ON p.code = area_code GROUP BY ALL
),
estimates AS (
    FROM of_areas
    UNION ALL FROM of_regions
    UNION ALL
    SELECT p.parent, mid_year, sum(population)
    FROM of_regions JOIN placed p ON p.code = area_code WHERE p.parent IS NOT NULL GROUP BY ALL
),
-- An estimate speaks of 30 June: the year of the last one not after the middle of a period is that of half a year before.
latest AS (
    SELECT area_code, mid_year + later AS year, max(mid_year) AS mid_year, arg_max(population, mid_year) AS population
    FROM estimates CROSS JOIN range(3) AS years(later) GROUP BY ALL
),
joined AS (
    SELECT h.*, d.measure, d.multiplier, d.polarity, d.period_type, d.resident_population, d.counts_add_up,
        e.mid_year, e.population, make_date(e.mid_year, 6, 30) + INTERVAL 2 YEAR >= h.midpoint AS fits
    FROM held h
    JOIN defined d ON d.key = h.indicator
    LEFT JOIN latest e ON e.area_code = h.area_code
        AND e.year = year(h.midpoint) - CASE WHEN h.midpoint < make_date(year(h.midpoint), 6, 30) THEN 1 ELSE 0 END
)
SELECT
    j.indicator, j.measure, j.multiplier, j.polarity, j.period_type, j.counts_add_up, j.resident_population,
    j.area_code, p.name AS area_name, p.type AS area_type, p.parent AS region_code, p.comparator_only, p.rates_given,
    j.period_start, j.period_end,
    j.numerator,
    CASE WHEN NOT j.resident_population THEN j.denominator WHEN j.fits THEN j.population END AS denominator,
    CASE WHEN j.resident_population AND j.fits THEN j.mid_year END AS population_year,
    j.value, j.lower, j.upper, j.note, j.comment, once.smallest_before,
    s.origin, s.source, s.edition, s.invented
FROM joined j
JOIN placed p ON p.code = j.area_code
JOIN submission s ON s.id = j.submission
LEFT JOIN once USING (indicator, area_code, period_start, period_end)
ORDER BY j.indicator, j.area_code, j.period_end, j.period_start
