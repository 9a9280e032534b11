SELECT u.row, 'denominator' AS "column", '' AS value
FROM upload u JOIN upload_text t USING (row)
WHERE u.measure IN ('proportion', 'rate', 'mean') AND NOT u.resident_population
    AND u.numerator IS NOT NULL AND t.denominator IS NULL AND t.value IS NULL
