-- The uploaded cells of the insights template as trimmed text, blank cells null.
CREATE OR REPLACE TEMP TABLE upload_text AS
SELECT
    row,
    nullif(trim(area_code), '') AS area_code,
    nullif(trim(area_name), '') AS area_name,
    nullif(trim(commitment), '') AS commitment,
    nullif(trim(period), '') AS period,
    nullif(trim(perspective), '') AS perspective,
    nullif(trim(organisation), '') AS organisation,
    nullif(trim(sector), '') AS sector,
    nullif(trim(method), '') AS method,
    nullif(trim(participants), '') AS participants,
    nullif(trim(grade), '') AS grade,
    nullif(trim(direction), '') AS direction,
    nullif(trim(summary), '') AS summary,
    nullif(trim(quote), '') AS quote,
    nullif(trim(consent_to_publish), '') AS consent_to_publish,
    nullif(trim(visibility), '') AS visibility,
    nullif(trim(barriers), '') AS barriers,
    nullif(trim(enablers), '') AS enablers,
    nullif(trim(not_heard), '') AS not_heard,
    nullif(trim(source_reference), '') AS source_reference
FROM sheet
