-- Every column that rows of the insights template may have, and no row: those the file lacks come from here, as nulls.
CREATE OR REPLACE TEMP TABLE upload_shape (
    row INTEGER, sheet_row INTEGER, period_column VARCHAR, first_day DATE, last_day DATE, area_code VARCHAR,
    area_name VARCHAR, commitment VARCHAR, period VARCHAR, perspective VARCHAR, organisation VARCHAR,
    sector VARCHAR, method VARCHAR, participants VARCHAR, grade VARCHAR, direction VARCHAR, summary VARCHAR,
    quote VARCHAR, consent_to_publish VARCHAR, visibility VARCHAR, barriers VARCHAR, enablers VARCHAR,
    not_heard VARCHAR, source_reference VARCHAR, participants_number DOUBLE, grade_number DOUBLE,
    area_code_key VARCHAR, area_name_key VARCHAR, commitment_key VARCHAR, perspective_key VARCHAR,
    sector_key VARCHAR, method_key VARCHAR, direction_key VARCHAR, consent_to_publish_key VARCHAR,
    visibility_key VARCHAR
)
