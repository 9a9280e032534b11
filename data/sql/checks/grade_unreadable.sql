SELECT t.row, 'grade' AS "column", t.grade AS value
FROM upload_text t JOIN upload u USING (row) WHERE t.grade IS NOT NULL AND u.grade IS NULL
