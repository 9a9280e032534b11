SELECT u.row,
    CASE WHEN t.upper IS NULL OR u.upper < u.value THEN 'upper' ELSE 'lower' END AS "column",
    coalesce(CASE "column" WHEN 'upper' THEN t.upper ELSE t.lower END, '') AS value
FROM upload u JOIN upload_text t USING (row)
WHERE u.lower > u.upper OR u.lower > u.value OR u.upper < u.value OR (t.lower IS NULL) <> (t.upper IS NULL)
