-- The uploaded cells of the insights template as trimmed text, blank cells null.
CREATE OR REPLACE TEMP TABLE upload_text AS
SELECT
    row,
    cell_text(area_code) AS area_code,
    cell_text(area_name) AS area_name,
    cell_text(commitment) AS commitment,
    cell_text(period) AS period,
    'period' AS period_column,
    cell_text(perspective) AS perspective,
    cell_text(organisation) AS organisation,
    cell_text(sector) AS sector,
    cell_text(method) AS method,
    cell_text(participants) AS participants,
    cell_text(grade) AS grade,
    cell_text(direction) AS direction,
    cell_text(summary) AS summary,
    cell_text(quote) AS quote,
    cell_text(consent_to_publish) AS consent_to_publish,
    cell_text(visibility) AS visibility,
    cell_text(barriers) AS barriers,
    cell_text(enablers) AS enablers,
    cell_text(not_heard) AS not_heard,
    cell_text(source_reference) AS source_reference
FROM sheet
