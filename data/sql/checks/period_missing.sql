SELECT row, period_column AS "column", '' AS value FROM upload_text WHERE period IS NULL
