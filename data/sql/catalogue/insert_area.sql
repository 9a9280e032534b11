INSERT INTO area
SELECT code, name, type, nullif(parent, ''), comparator_only, rates_given, $version, NULL FROM catalogue_rows
