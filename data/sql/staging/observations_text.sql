-- The uploaded cells of the observations template as text, blank ones null.
CREATE OR REPLACE TEMP VIEW upload_text AS
SELECT
    row, sheet_row, area_code_text AS area_code, area_name, indicator_text AS indicator, period_text AS period, period_column,
    breakdown_type, breakdown, numerator_text AS numerator, denominator_text AS denominator, value_text AS value,
    lower_text AS lower, upper_text AS upper, note_text AS note, comment, organisation
FROM upload_cells
