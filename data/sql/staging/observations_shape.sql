-- Every column that rows of the observations template may have, and no row: those the file lacks come from here, as nulls.
CREATE OR REPLACE TEMP TABLE upload_shape (
    row INTEGER, sheet_row INTEGER, period_column VARCHAR, first_day DATE, last_day DATE, area_code VARCHAR,
    area_name VARCHAR, indicator VARCHAR, period VARCHAR, period_days VARCHAR, breakdown_type VARCHAR, breakdown VARCHAR,
    numerator VARCHAR, denominator VARCHAR, value VARCHAR, lower VARCHAR, upper VARCHAR, note VARCHAR,
    comment VARCHAR, organisation VARCHAR, numerator_number DOUBLE, denominator_number DOUBLE, value_number DOUBLE,
    lower_number DOUBLE, upper_number DOUBLE, area_code_key VARCHAR, area_name_key VARCHAR, indicator_key VARCHAR,
    note_key VARCHAR, measure VARCHAR, multiplier DOUBLE, period_type VARCHAR, resident_population BOOLEAN
)
