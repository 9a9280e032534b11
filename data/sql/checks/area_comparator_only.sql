SELECT u.row, 'area_code' AS "column", u.area_code AS value
FROM upload u JOIN upload_lookup c ON c.field = 'comparator_area' AND c.text = u.area_code
