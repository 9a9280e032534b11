-- Every saving of every token, as `tokens/insert_token` takes it.
SELECT id, kind, area_code, label, digest, ends_on, state, made_by, made_at FROM token
