-- Compared at the precision the value is written with: half of its last place, and a little for rounding on the way
-- (a program that writes every digit of 1 / 3 * 100 may end in another last one). Mid-year estimates are rounded to 100,
-- so a rate made with the unrounded one may differ by what 50 residents make. Counts are often published rounded to the
-- nearest 5, and the value made before: where numerator and denominator of a share or rate are both multiples of 5, the
-- value may be whatever whole counts within 2 of them give.
WITH figures AS (
    SELECT u.row, u.value_text, u.value, u.numerator, u.multiplier, u.measure,
        CASE WHEN u.resident_population THEN e.population WHEN u.measure = 'count' THEN 1 ELSE u.denominator END AS divisor,
        u.numerator / divisor * u.multiplier AS computed,
        0.501 * pow(10, -length(regexp_extract(u.value_text, '\.(\d*)$', 1))) AS tolerance,
        CASE WHEN u.resident_population THEN 50 / e.population ELSE 1e-9 END AS rounding,
        CASE WHEN u.measure IN ('proportion', 'rate') AND NOT u.resident_population AND u.numerator >= 0
            AND u.denominator > 0 AND u.numerator % 5 = 0 AND u.denominator % 5 = 0 THEN 2 ELSE 0 END AS slack
    FROM upload u LEFT JOIN upload_estimate e USING (row)
    WHERE u.measure IN ('proportion', 'rate', 'mean', 'count') AND u.numerator IS NOT NULL AND u.value IS NOT NULL
        AND u.value_text NOT ILIKE '%e%'
),
bounds AS (
    SELECT row, value_text, value, computed, tolerance + abs(computed) * rounding AS around,
        CASE WHEN slack = 0 THEN computed ELSE greatest(numerator - slack, 0) / (divisor + slack) * multiplier END AS lowest,
        CASE WHEN slack = 0 THEN computed
            WHEN measure = 'proportion' THEN
                greatest(computed, least((numerator + slack) / (divisor - slack) * multiplier, multiplier))
            ELSE (numerator + slack) / (divisor - slack) * multiplier END AS highest
    FROM figures WHERE isfinite(computed)
)
SELECT row, 'value' AS "column", value_text AS value,
    regexp_replace(CAST(round(computed, 4) AS VARCHAR), '\.0$', '') AS detail
FROM bounds WHERE value < lowest - around OR value > highest + around
