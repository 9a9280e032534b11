SELECT t.row, 'note' AS "column", t.note AS value
FROM upload_text t JOIN upload_lookup l ON l.field = 'note' AND l.text = t.note AND l.key IS NULL
