-- The uploaded cells of the observations template as trimmed text, blank cells null.
CREATE OR REPLACE TEMP TABLE upload_text AS
SELECT
    row,
    nullif(trim(area_code), '') AS area_code,
    nullif(trim(area_name), '') AS area_name,
    nullif(trim(indicator), '') AS indicator,
    coalesce(nullif(trim(period), ''), nullif(trim(period_start), '') || ' to ' || nullif(trim(period_end), '')) AS period,
    nullif(trim(breakdown_type), '') AS breakdown_type,
    nullif(trim(breakdown), '') AS breakdown,
    nullif(trim(numerator), '') AS numerator,
    nullif(trim(denominator), '') AS denominator,
    nullif(trim(value), '') AS value,
    nullif(trim(lower), '') AS lower,
    nullif(trim(upper), '') AS upper,
    nullif(trim(note), '') AS note,
    nullif(trim(comment), '') AS comment,
    nullif(trim(organisation), '') AS organisation
FROM sheet
