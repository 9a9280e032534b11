-- What the checks need to know of each indicator.
CREATE OR REPLACE TEMP TABLE upload_definition AS SELECT * FROM given
