-- Each row of the file once: its cells as text, and beside them the codes, dates and numbers that they stand for, null
-- where a text could not be read. `upload_text` and `upload` show the one and the other. A column of texts that say just
-- what the keys or numbers say is not held twice.
CREATE OR REPLACE TEMP VIEW upload_cells AS
SELECT
    row,
    coalesce(sheet_row, row) AS sheet_row,
    coalesce(area_code, area_code_key) AS area_code_text,
    area_name,
    coalesce(indicator, indicator_key) AS indicator_text,
    period AS period_text,
    coalesce(period_column, 'period') AS period_column,
    period_days,
    unguarded(breakdown_type) AS breakdown_type,
    unguarded(breakdown) AS breakdown,
    coalesce(numerator, whole_text(numerator_number)) AS numerator_text,
    coalesce(denominator, whole_text(denominator_number)) AS denominator_text,
    coalesce(value, whole_text(value_number)) AS value_text,
    coalesce(lower, whole_text(lower_number)) AS lower_text,
    coalesce(upper, whole_text(upper_number)) AS upper_text,
    note AS note_text,
    unguarded(comment) AS comment,
    unguarded(organisation) AS organisation,
    area_code_key AS area_code,
    area_name_key AS area_name_codes,
    indicator_key AS indicator,
    measure,
    multiplier,
    period_type,
    resident_population,
    first_day AS period_start,
    last_day AS period_end,
    numerator_number AS numerator,
    denominator_number AS denominator,
    value_number AS value,
    lower_number AS lower,
    upper_number AS upper,
    note_key AS note
FROM upload_columns
