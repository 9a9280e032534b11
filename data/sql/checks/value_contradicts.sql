-- Compared at the precision the value is written with: half of its last place, and a little for rounding on the way.
WITH figures AS (
    SELECT row, value_text, value, numerator / denominator * multiplier AS computed,
        0.501 * pow(10, -length(regexp_extract(value_text, '\.(\d*)$', 1))) AS tolerance
    FROM upload
    WHERE measure IN ('proportion', 'rate') AND NOT resident_population AND denominator > 0
        AND numerator IS NOT NULL AND value IS NOT NULL AND value_text NOT ILIKE '%e%'
)
SELECT row, 'value' AS "column", value_text AS value, CAST(round(computed, 4) AS VARCHAR) AS detail
FROM figures WHERE abs(value - computed) > tolerance
