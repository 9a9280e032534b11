SELECT u.row, 'numerator' AS "column", t.numerator AS value, t.denominator AS detail
FROM upload u JOIN upload_text t USING (row)
WHERE u.measure = 'proportion' AND u.numerator > u.denominator AND u.denominator > 0
