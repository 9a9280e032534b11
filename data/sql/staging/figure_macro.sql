-- A fact as one number in the indicator's unit, to be set beside others; null where there is none, where it cannot be
-- a share, or where value and counts contradict each other: those faults have rules of their own.
CREATE OR REPLACE TEMP MACRO figure_of(measure, multiplier, numerator, denominator, value) AS
CASE
    WHEN measure = 'count' THEN coalesce(numerator, value)
    WHEN measure = 'proportion' AND (numerator > denominator OR value > multiplier OR least(numerator, value) < 0) THEN NULL
    WHEN numerator IS NULL OR denominator IS NULL OR denominator <= 0 THEN value
    WHEN value IS NULL OR abs(value - numerator / denominator * multiplier) <= 0.6 + abs(value) / 50
    THEN numerator / denominator * multiplier
END
