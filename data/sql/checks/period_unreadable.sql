SELECT t.row, t.period_column AS "column", t.period AS value
FROM upload_text t JOIN upload_lookup l ON l.field = 'period' AND l.text = t.period AND l.period_start IS NULL
