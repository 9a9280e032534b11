-- The newest saving of a token.
SELECT id, kind, area_code, label, digest, ends_on, state, made_at FROM token WHERE id = $id ORDER BY made_at DESC LIMIT 1
