SELECT t.row, 'commitment' AS "column", t.commitment AS value, l.detail
FROM upload_text t JOIN upload_lookup l ON l.field = 'commitment' AND l.text = t.commitment AND l.key IS NULL
