SELECT row, 'indicator' AS "column", '' AS value FROM upload_text WHERE indicator IS NULL
