SELECT e.row, 'period' AS "column", t.period AS value
FROM upload_estimate e JOIN upload_text t USING (row) WHERE e.mid_year IS NULL
