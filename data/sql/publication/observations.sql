-- Every fact that held at a version, as it was reported or published, totals and parts alike, with what its indicator
-- says of it. `smallest_before` is the smallest count above zero that an earlier version held of the same fact.
WITH held AS (
    SELECT * FROM observation WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
),
once AS (
    SELECT indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation,
        min(least(nullif(greatest(numerator, 0), 0), nullif(greatest(denominator, 0), 0))) AS smallest_before
    FROM observation
    WHERE until_version <= $version
    GROUP BY ALL
),
defined AS (
    SELECT * FROM indicator WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
),
placed AS (
    SELECT * FROM area WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
)
SELECT
    h.indicator, h.area_code, h.period_start, h.period_end, h.breakdown_type, h.breakdown, h.organisation,
    h.numerator, CASE WHEN NOT d.resident_population THEN h.denominator END AS denominator, h.value, h.lower, h.upper,
    h.note, h.comment, s.origin, s.source, s.edition, s.invented, s.version AS submission_version,
    d.measure, d.multiplier, d.polarity, d.period_type, d.resident_population, d.counts_add_up,
    p.rates_given, o.smallest_before
FROM held h
JOIN defined d ON d.key = h.indicator
JOIN placed p ON p.code = h.area_code
JOIN submission s ON s.id = h.submission
LEFT JOIN once o USING (indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation)
ORDER BY h.indicator, h.area_code, h.period_end, h.period_start, h.organisation, h.breakdown_type, h.breakdown
