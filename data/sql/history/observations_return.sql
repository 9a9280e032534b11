-- What holds in place of an ended submission's facts, under the submission and row that said it.
INSERT INTO observation
SELECT
    indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation,
    numerator, denominator, value, lower, upper, note, comment, said_by, said_in, $version, NULL
FROM ending WHERE said_by IS NOT NULL
