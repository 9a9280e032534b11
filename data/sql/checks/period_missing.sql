SELECT row, 'period' AS "column", '' AS value FROM upload_text WHERE period IS NULL
