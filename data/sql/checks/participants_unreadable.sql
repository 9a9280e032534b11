SELECT row, 'participants' AS "column", participants AS value FROM upload_text
WHERE participants IS NOT NULL AND coalesce(NOT regexp_full_match(participants, '[1-9]\d{0,8}'), true)
