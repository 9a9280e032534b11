SELECT row, 'perspective' AS "column", '' AS value FROM upload_text WHERE perspective IS NULL
