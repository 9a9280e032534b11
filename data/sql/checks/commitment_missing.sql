SELECT row, 'commitment' AS "column", '' AS value FROM upload_text WHERE commitment IS NULL
