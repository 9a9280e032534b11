SELECT u.row, 'denominator' AS "column", t.denominator AS value FROM upload u JOIN upload_text t USING (row)
WHERE u.denominator = 0 AND u.measure IN ('proportion', 'rate', 'mean') AND NOT u.resident_population
