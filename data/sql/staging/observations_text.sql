-- The uploaded cells of the observations template as trimmed text, blank cells null.
CREATE OR REPLACE TEMP TABLE upload_text AS
SELECT
    row,
    cell_text(area_code) AS area_code,
    cell_text(area_name) AS area_name,
    cell_text(indicator) AS indicator,
    coalesce(cell_text(period), cell_text(period_start) || ' to ' || cell_text(period_end)) AS period,
    CASE
        WHEN cell_text(period) IS NOT NULL THEN 'period'
        WHEN cell_text(period_start) IS NOT NULL AND cell_text(period_end) IS NULL THEN 'period_end'
        WHEN cell_text(period_end) IS NOT NULL THEN 'period_start'
        ELSE 'period'
    END AS period_column,
    cell_text(breakdown_type) AS breakdown_type,
    cell_text(breakdown) AS breakdown,
    cell_text(numerator) AS numerator,
    cell_text(denominator) AS denominator,
    cell_text(value) AS value,
    cell_text(lower) AS lower,
    cell_text(upper) AS upper,
    cell_text(note) AS note,
    cell_text(comment) AS comment,
    cell_text(organisation) AS organisation
FROM sheet
