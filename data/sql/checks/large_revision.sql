-- More than a fifth of the stored number, and 10 or more in a count, 1 or more in a value. More than 20 such numbers of
-- an indicator are a new edition and one question.
WITH revised AS (
    SELECT row, indicator, numerator, denominator, figure, old_numerator, old_denominator, old_figure
    FROM upload_point ANTI JOIN upload_scale USING (row)
    WHERE changed AND (old_numerator IS NOT NULL OR old_denominator IS NOT NULL OR old_figure IS NOT NULL)
),
apart AS (
    SELECT row, indicator, 'numerator' AS "column", old_numerator AS old FROM revised
    WHERE abs(numerator - old_numerator) >= greatest(10, 0.2 * abs(old_numerator) + 1e-9)
    UNION ALL
    SELECT row, indicator, 'denominator', old_denominator FROM revised
    WHERE abs(denominator - old_denominator) >= greatest(10, 0.2 * abs(old_denominator) + 1e-9)
    UNION ALL
    SELECT row, indicator, 'value', old_figure FROM revised
    WHERE (numerator IS NULL OR old_numerator IS NULL)
        AND abs(figure - old_figure) >= greatest(1, 0.2 * abs(old_figure) + 1e-9)
)
SELECT a.row, CASE WHEN a."column" = 'value' AND t.value IS NULL THEN 'numerator' ELSE a."column" END AS "column",
    CASE
        WHEN a.together > 20 THEN ''
        WHEN a."column" = 'numerator' THEN t.numerator
        WHEN a."column" = 'denominator' THEN t.denominator
        ELSE coalesce(t.value, t.numerator)
    END AS value,
    CASE
        WHEN a.together > 20 THEN a.together || ' stored numbers of ' || a.indicator || ' change'
        ELSE 'the stored number, ' || shown(a.old) || ', changes'
    END AS detail
FROM (SELECT *, count(*) OVER (PARTITION BY indicator, "column") AS together FROM apart) a
JOIN upload_text t USING (row)
