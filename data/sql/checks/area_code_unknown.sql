-- The name in the same row, where it is known, tells which code was meant.
SELECT t.row, 'area_code' AS "column", t.area_code AS value,
    coalesce(n.detail, 'copy the code from the template, which lists every area') AS detail
FROM upload_text t
JOIN upload_lookup a ON a.field = 'area_code' AND a.text = t.area_code AND a.key IS NULL
LEFT JOIN upload_lookup n ON n.field = 'area_name' AND n.text = t.area_name
