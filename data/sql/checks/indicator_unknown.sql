SELECT t.row, 'indicator' AS "column", t.indicator AS value, l.detail
FROM upload_text t JOIN upload_lookup l ON l.field = 'indicator' AND l.text = t.indicator AND l.key IS NULL
