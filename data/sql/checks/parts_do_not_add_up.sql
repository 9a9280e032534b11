-- Counts that add up, of every part that the file or the store knows of that kind, beside the total: parts of one area,
-- and areas of a region or country. Told on the total’s row, or on the first part’s when only the store has the total.
WITH counted AS (
    SELECT p.row, p.indicator, p.area_code, p.period_start, p.period_end, p.organisation, p.breakdown_type, p.breakdown,
        p.numerator, p.changed
    FROM upload_point p JOIN upload_definition d ON d.key = p.indicator
    WHERE d.counts_add_up
),
totals AS (
    SELECT * FROM counted WHERE breakdown_type = '' AND breakdown = ''
),
kinds AS (
    SELECT indicator, breakdown_type, count(DISTINCT breakdown) AS parts
    FROM counted WHERE breakdown_type <> '' GROUP BY ALL
),
inside AS (
    SELECT indicator, area_code, period_start, period_end, organisation, breakdown_type AS kind,
        sum(numerator) AS summed, count(*) AS found, count(numerator) AS known, min(row) AS row, bool_or(changed) AS changed
    FROM counted SEMI JOIN totals USING (indicator, area_code, period_start, period_end, organisation)
    WHERE breakdown_type <> '' AND breakdown <> '' GROUP BY ALL
),
outside AS (
    SELECT c.indicator, u.whole AS area_code, c.period_start, c.period_end, c.organisation, u.kind, u.parts,
        sum(c.numerator) AS summed, count(*) AS found, count(c.numerator) AS known, min(c.row) AS row,
        bool_or(c.changed) AS changed
    FROM totals c JOIN upload_part u ON u.code = c.area_code
    WHERE c.organisation = ''
    GROUP BY ALL
),
complete AS (
    SELECT i.*, 'parts by ' || i.kind AS words
    FROM inside i JOIN kinds k ON k.indicator = i.indicator AND k.breakdown_type = i.kind
    WHERE i.found = k.parts AND i.known = i.found AND i.found > 1
    UNION ALL BY NAME
    SELECT * EXCLUDE (parts), kind AS words FROM outside WHERE found = parts AND known = found AND found > 1
),
apart AS (
    SELECT coalesce(t.row, c.row) AS row, t.numerator, c.summed, c.found, c.words
    FROM complete c
    JOIN totals t ON t.indicator = c.indicator AND t.area_code = c.area_code AND t.period_start = c.period_start
        AND t.period_end = c.period_end AND t.organisation = c.organisation
    WHERE (c.changed OR t.changed) AND abs(t.numerator - c.summed) > 1e-6 * abs(t.numerator)
)
SELECT a.row, 'numerator' AS "column", t.numerator AS value,
    'the ' || a.found || ' ' || a.words || ' give ' || shown(a.summed) || ', the total is ' || shown(a.numerator) AS detail
FROM apart a JOIN upload_text t USING (row)
