-- A note may stand in the cell of a number, too.
SELECT u.row,
    CASE
        WHEN t.note IS NOT NULL THEN 'note'
        WHEN t.numerator IS NOT NULL AND u.numerator IS NULL THEN 'numerator'
        WHEN t.value IS NOT NULL AND u.value IS NULL THEN 'value'
        ELSE 'denominator'
    END AS "column",
    CASE "column" WHEN 'note' THEN t.note WHEN 'numerator' THEN t.numerator WHEN 'value' THEN t.value ELSE t.denominator END
        AS value
FROM upload u JOIN upload_text t USING (row)
WHERE u.note IN ('x', 'z', 'c') AND (u.numerator IS NOT NULL OR u.value IS NOT NULL)
