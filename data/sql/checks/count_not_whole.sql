SELECT u.row, 'numerator' AS "column", t.numerator AS value FROM upload u JOIN upload_text t USING (row)
WHERE u.numerator <> floor(u.numerator) AND u.measure IN ('proportion', 'rate', 'count')
