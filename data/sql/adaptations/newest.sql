-- The newest row of an adaptation, without who made it and when it was known.
SELECT id, commitment, area_code, kind, review, description, evidence, effect, changed_on, state, change_reason, invented, made_at
FROM adaptation WHERE id = $id::UUID
ORDER BY made_at DESC LIMIT 1
