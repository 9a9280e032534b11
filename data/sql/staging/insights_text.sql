-- The uploaded cells of the insights template as text, blank ones null.
CREATE OR REPLACE TEMP VIEW upload_text AS
SELECT
    row, sheet_row, area_code_text AS area_code, area_name, commitment_text AS commitment, period_text AS period,
    period_column, perspective_text AS perspective, organisation, sector_text AS sector, method_text AS method,
    participants_text AS participants, grade_text AS grade, direction_text AS direction, summary, quote,
    consent_to_publish_text AS consent_to_publish, visibility_text AS visibility, barriers, enablers, not_heard,
    source_reference
FROM upload_cells
