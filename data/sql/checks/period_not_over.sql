SELECT u.row, t.period_column AS "column", t.period AS value
FROM upload u JOIN upload_text t USING (row) WHERE u.period_end > current_date
