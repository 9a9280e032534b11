-- Limits stand around the value or, where that is blank, around the figure that the counts give. Limits are rounded and
-- that figure is not, so it may lie outside by half of a limit's last place; and, as mid-year estimates are rounded to
-- 100, by what 50 residents make.
WITH limited AS (
    SELECT row, measure, multiplier, resident_population, numerator, denominator, value, lower_text, upper_text, lower, upper
    FROM upload_cells WHERE lower_text IS NOT NULL OR upper_text IS NOT NULL
),
figures AS (
    SELECT l.*,
        CASE
            WHEN l.value IS NOT NULL THEN l.value
            WHEN l.measure IN ('proportion', 'rate', 'mean', 'count') THEN l.numerator / CASE
                WHEN l.resident_population THEN e.population WHEN l.measure = 'count' THEN 1 ELSE l.denominator
            END * l.multiplier
        END AS figure,
        CASE WHEN l.value IS NOT NULL THEN 0 WHEN l.resident_population THEN 50 / e.population ELSE 1e-9 END AS rounding
    FROM limited l LEFT JOIN upload_estimate e USING (row)
),
compared AS (
    SELECT *,
        isfinite(figure) AND lower - figure > CASE
            WHEN value IS NOT NULL THEN 0
            ELSE 0.501 * pow(10, -length(regexp_extract(lower_text, '\.(\d*)$', 1))) + abs(figure) * rounding
        END AS is_below,
        isfinite(figure) AND figure - upper > CASE
            WHEN value IS NOT NULL THEN 0
            ELSE 0.501 * pow(10, -length(regexp_extract(upper_text, '\.(\d*)$', 1))) + abs(figure) * rounding
        END AS is_above,
        measure = 'proportion' AND lower < 0 AS below_none,
        measure = 'proportion' AND upper > multiplier AS above_all,
        regexp_replace(CAST(round(figure, 4) AS VARCHAR), '\.0$', '') AS shown_figure
    FROM figures
)
SELECT row,
    CASE
        WHEN upper_text IS NULL OR is_above THEN 'upper'
        WHEN lower_text IS NULL OR is_below OR lower > upper OR below_none THEN 'lower'
        ELSE 'upper'
    END AS "column",
    coalesce(CASE "column" WHEN 'upper' THEN upper_text ELSE lower_text END, '') AS value,
    CASE
        WHEN (lower_text IS NULL) <> (upper_text IS NULL) THEN 'only one of the two limits is there'
        WHEN lower > upper THEN 'the lower limit is above the upper one'
        WHEN (is_below OR is_above) AND compared.value IS NOT NULL THEN 'the limits do not enclose the value'
        WHEN is_below OR is_above THEN 'the limits do not enclose the figure that the counts give, ' || shown_figure
        ELSE 'a limit of this share lies outside 0 to ' || CAST(CAST(multiplier AS INTEGER) AS VARCHAR)
    END AS detail
FROM compared
WHERE lower > upper OR is_below OR is_above OR below_none OR above_all OR (lower_text IS NULL) <> (upper_text IS NULL)
