SELECT row, 'participants' AS "column", participants_text AS value FROM upload_cells
WHERE participants_text IS NOT NULL AND participants IS NULL
