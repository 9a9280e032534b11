-- A name may stand for more than one area (West Midlands is a region and a force area): its key lists their codes.
SELECT c.row, 'area_name' AS "column", c.area_name AS value, a.key || ' is ' || a.detail AS detail
FROM upload_cells c
JOIN upload_lookup a ON a.field = 'area_code' AND a.text = c.area_code_text
WHERE c.area_code IS NOT NULL AND NOT contains(c.area_name_codes, c.area_code)
