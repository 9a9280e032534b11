-- Only periods of the right length: another length is another rule's.
SELECT u.row, t.period_column AS "column", t.period AS value, d.period_words AS detail
FROM upload u JOIN upload_text t USING (row) JOIN upload_definition d ON d.key = u.indicator
WHERE day(u.period_start) = 1 AND datediff('month', u.period_start, u.period_end + 1) = d.months
    AND CASE d.period_type
        WHEN 'quarter' THEN month(u.period_start) NOT IN (1, 4, 7, 10)
        WHEN 'financial_year' THEN month(u.period_start) <> 4
        WHEN 'calendar_year' THEN month(u.period_start) <> 1
        ELSE false
    END
