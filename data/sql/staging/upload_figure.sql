-- What would hold once the upload is confirmed: its rows, with what the store holds of the same fact, and the stored
-- facts that it leaves as they are (`row` is null).
CREATE OR REPLACE TEMP TABLE upload_figure AS
WITH filed AS (
    SELECT hash(u.indicator, u.area_code, u.breakdown_type, u.breakdown, u.organisation) AS series,
        u.row, u.period_start, u.period_end, u.numerator, u.denominator, u.value,
        figure_of(
            u.measure, u.multiplier, u.numerator,
            CASE WHEN u.resident_population THEN e.population ELSE u.denominator END, u.value
        ) AS figure
    FROM upload u LEFT JOIN upload_estimate e USING (row)
    WHERE u.indicator IS NOT NULL AND u.area_code IS NOT NULL AND u.period_start IS NOT NULL
)
SELECT f.row, f.series, f.period_start, f.period_end, f.numerator, f.denominator, f.figure,
    s.numerator AS old_numerator, s.denominator AS old_denominator, s.figure AS old_figure,
    s.series IS NULL OR s.numerator IS DISTINCT FROM f.numerator
    OR s.denominator IS DISTINCT FROM f.denominator OR s.value IS DISTINCT FROM f.value AS changed
FROM filed f LEFT JOIN upload_stored s USING (series, period_start, period_end)
UNION ALL BY NAME
SELECT s.series, s.period_start, s.period_end, s.numerator, s.denominator, s.figure, false AS changed
FROM upload_stored s ANTI JOIN filed f USING (series, period_start, period_end)
