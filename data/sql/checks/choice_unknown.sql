WITH cells AS (
    SELECT row, 'perspective' AS "column", perspective AS value FROM upload_text
    UNION ALL SELECT row, 'sector', sector FROM upload_text
    UNION ALL SELECT row, 'method', method FROM upload_text
    UNION ALL SELECT row, 'direction', direction FROM upload_text
    UNION ALL SELECT row, 'consent_to_publish', consent_to_publish FROM upload_text
    UNION ALL SELECT row, 'visibility', visibility FROM upload_text
)
SELECT c.row, c."column", c.value, l.detail
FROM cells c JOIN upload_lookup l ON l.field = c."column" AND l.text = c.value AND l.key IS NULL
