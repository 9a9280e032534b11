SELECT id, area_code, title, held_on, state, version, as_of, ended_by, ended_at FROM review WHERE id = $id::UUID
