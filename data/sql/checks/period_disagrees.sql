-- `period` decides. The first and last day beside it were kept as one text and looked up like it, also where no such days are.
SELECT c.row, 'period' AS "column", c.period_text AS value, c.period_days AS detail
FROM upload_cells c JOIN upload_lookup d ON d.field = 'period_days' AND d.text = c.period_days
WHERE c.period_start IS NOT NULL
    AND (d.period_start IS DISTINCT FROM c.period_start OR d.period_end IS DISTINCT FROM c.period_end)
