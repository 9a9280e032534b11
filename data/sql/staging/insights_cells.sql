-- Each row of the file once: its cells as text, and beside them the codes, dates and numbers that they stand for, null
-- where a text could not be read. `upload_text` and `upload` show the one and the other. A column of texts that say just
-- what the keys or numbers say is not held twice.
CREATE OR REPLACE TEMP VIEW upload_cells AS
SELECT
    row,
    coalesce(sheet_row, row) AS sheet_row,
    coalesce(area_code, area_code_key) AS area_code_text,
    area_name,
    commitment AS commitment_text,
    period AS period_text,
    coalesce(period_column, 'period') AS period_column,
    perspective AS perspective_text,
    unguarded(organisation) AS organisation,
    sector AS sector_text,
    method AS method_text,
    coalesce(participants, whole_text(participants_number)) AS participants_text,
    coalesce(grade, whole_text(grade_number)) AS grade_text,
    direction AS direction_text,
    unguarded(summary) AS summary,
    unguarded(quote) AS quote,
    consent_to_publish AS consent_to_publish_text,
    visibility AS visibility_text,
    unguarded(barriers) AS barriers,
    unguarded(enablers) AS enablers,
    unguarded(not_heard) AS not_heard,
    unguarded(source_reference) AS source_reference,
    area_code_key AS area_code,
    area_name_key AS area_name_codes,
    commitment_key AS commitment,
    first_day AS period_start,
    last_day AS period_end,
    perspective_key AS perspective,
    sector_key AS sector,
    method_key AS method,
    CAST(
        CASE WHEN participants_number BETWEEN 1 AND 999999999 AND participants_number = floor(participants_number)
        THEN participants_number END AS INTEGER
    ) AS participants,
    CAST(CASE WHEN grade_number IN (1, 2, 3, 4, 5) THEN grade_number END AS INTEGER) AS grade,
    direction_key AS direction,
    coalesce(consent_to_publish_key, 'no') = 'yes' AS consent_to_publish,
    coalesce(visibility_key, 'steering') AS visibility
FROM upload_columns
