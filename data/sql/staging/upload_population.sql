-- The mid-year estimates of the catalogue, for the denominators that the program fills in.
CREATE OR REPLACE TEMP TABLE upload_population AS SELECT area_code, mid_year, population FROM given
