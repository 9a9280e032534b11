-- The newest row of a practice entry, without who made it and when it was known.
SELECT id, area_code, title, topics, themes, commitments, started_on, partners, done, reported, measured, strength, source, state,
    change_reason, invented, made_at
FROM practice WHERE id = $id::UUID
ORDER BY made_at DESC LIMIT 1
