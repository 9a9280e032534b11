-- Where each area stands, for the checks that set a whole beside its parts.
CREATE OR REPLACE TEMP TABLE upload_area AS
SELECT code, name, type, parent, rates_given FROM given WHERE NOT comparator_only
