INSERT INTO indicator
SELECT
    key, name, measure, multiplier, unit, polarity, period_type, resident_population, counts_add_up,
    commitments, definition, $version, NULL
FROM catalogue_rows
