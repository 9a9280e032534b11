SELECT row, 'area_code' AS "column", '' AS value FROM upload_text WHERE area_code IS NULL
