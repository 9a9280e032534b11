-- Months are counted from the first day to the day after the last.
SELECT u.row, t.period_column AS "column", t.period AS value, d.period_words AS detail
FROM upload u JOIN upload_text t USING (row) JOIN upload_definition d ON d.key = u.indicator
WHERE datediff('month', u.period_start, u.period_end + 1) <> d.months OR day(u.period_start) <> 1
    OR day(u.period_end + 1) <> 1
