-- The uploaded observations with codes, dates and numbers in place of text; null where a text could not be read.
CREATE OR REPLACE TEMP VIEW upload AS
SELECT
    row, sheet_row, area_code, indicator, measure, multiplier, period_type, resident_population, period_start, period_end,
    coalesce(breakdown_type, '') AS breakdown_type,
    coalesce(breakdown, '') AS breakdown,
    coalesce(organisation, '') AS organisation,
    numerator, denominator, value, lower, upper, note, comment, value_text
FROM upload_cells
