SELECT row, 'note' AS "column", note AS value FROM upload
WHERE note IN ('x', 'z', 'c') AND (numerator IS NOT NULL OR value IS NOT NULL)
