-- What would change, changed evidence first, then new and absent evidence, up to a number of lines.
SELECT * FROM (
    SELECT * FROM upload_difference
    UNION ALL BY NAME
    SELECT
        u.row, 'new' AS state,
        u.commitment, u.area_code, u.period_start, u.period_end, u.perspective, u.organisation, u.method,
        u.source_reference,
        u.grade, u.summary
    FROM upload u ANTI JOIN upload_state USING (row)
)
ORDER BY CASE state WHEN 'changed' THEN 1 WHEN 'new' THEN 2 ELSE 3 END, row, commitment, area_code, period_start, period_end, perspective,
    organisation, method, source_reference
LIMIT $lines
