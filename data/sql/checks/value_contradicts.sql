-- Compared at the precision the value is written with: half of its last place, and a little for rounding on the way
-- (a program that writes every digit of 1 / 3 * 100 may end in another last one). Mid-year estimates are rounded to 100,
-- so a rate made with the unrounded one may differ by what 50 residents make.
WITH figures AS (
    SELECT u.row, u.value_text, u.value,
        u.numerator / CASE WHEN u.resident_population THEN e.population WHEN u.measure = 'count' THEN 1 ELSE u.denominator END
            * u.multiplier AS computed,
        0.501 * pow(10, -length(regexp_extract(u.value_text, '\.(\d*)$', 1))) AS tolerance,
        CASE WHEN u.resident_population THEN 50 / e.population ELSE 1e-9 END AS rounding
    FROM upload u LEFT JOIN upload_estimate e USING (row)
    WHERE u.measure IN ('proportion', 'rate', 'mean', 'count') AND u.numerator IS NOT NULL AND u.value IS NOT NULL
        AND u.value_text NOT ILIKE '%e%'
)
SELECT row, 'value' AS "column", value_text AS value,
    regexp_replace(CAST(round(computed, 4) AS VARCHAR), '\.0$', '') AS detail
FROM figures WHERE isfinite(computed) AND abs(value - computed) > tolerance + abs(computed) * rounding
