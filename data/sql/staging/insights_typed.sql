-- The uploaded insights with codes, dates and numbers in place of text; null where a text could not be read.
CREATE OR REPLACE TEMP VIEW upload AS
SELECT
    row, sheet_row, commitment, area_code, period_start, period_end, perspective,
    coalesce(organisation, '') AS organisation,
    coalesce(method, '') AS method,
    coalesce(source_reference, '') AS source_reference,
    sector, participants, grade, direction, summary, quote, consent_to_publish, visibility, barriers, enablers, not_heard
FROM upload_cells
