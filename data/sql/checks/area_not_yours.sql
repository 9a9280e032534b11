SELECT u.row, 'area_code' AS "column", u.area_code AS value
FROM upload u JOIN upload_lookup f ON f.field = 'forbidden_area' AND f.text = u.area_code
