-- Compared at the precision the value is written with: half of its last place, and a little for rounding on the way.
WITH figures AS (
    SELECT u.row, u.value_text, u.value,
        u.numerator / CASE WHEN u.resident_population THEN e.population ELSE u.denominator END * u.multiplier AS computed,
        0.501 * pow(10, -length(regexp_extract(u.value_text, '\.(\d*)$', 1))) AS tolerance
    FROM upload u LEFT JOIN upload_estimate e USING (row)
    WHERE u.measure IN ('proportion', 'rate') AND u.numerator IS NOT NULL AND u.value IS NOT NULL
        AND u.value_text NOT ILIKE '%e%'
)
SELECT row, 'value' AS "column", value_text AS value, CAST(round(computed, 4) AS VARCHAR) AS detail
FROM figures WHERE isfinite(computed) AND abs(value - computed) > tolerance
