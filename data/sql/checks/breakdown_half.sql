SELECT row, 'breakdown' AS "column", breakdown_type || breakdown AS value FROM upload
WHERE (breakdown_type = '') <> (breakdown = '')
