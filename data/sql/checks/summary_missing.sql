SELECT row, 'summary' AS "column", '' AS value FROM upload_text WHERE summary IS NULL
