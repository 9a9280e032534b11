SELECT u.row, 'numerator' AS "column", t.numerator AS value FROM upload u JOIN upload_text t USING (row)
WHERE u.numerator < 0 AND u.measure IN ('proportion', 'rate', 'count')
UNION ALL
SELECT u.row, 'denominator', t.denominator FROM upload u JOIN upload_text t USING (row) WHERE u.denominator < 0
UNION ALL
SELECT u.row, 'value', t.value FROM upload u JOIN upload_text t USING (row)
WHERE u.value < 0 AND coalesce(u.numerator, 0) >= 0 AND u.measure IN ('proportion', 'rate', 'count')
