-- A name may stand for more than one area (West Midlands is a region and a force area): key lists their codes.
SELECT t.row, 'area_name' AS "column", t.area_name AS value, a.key || ' is ' || a.detail AS detail
FROM upload_text t
JOIN upload_lookup a ON a.field = 'area_code' AND a.text = t.area_code AND a.key IS NOT NULL
JOIN upload_lookup n ON n.field = 'area_name' AND n.text = t.area_name
    AND NOT list_contains(string_split(n.key, '|'), a.key)
