INSERT INTO token (id, kind, area_code, label, digest, ends_on, state, made_by, made_at)
VALUES ($id, $kind, $area_code, $label, $digest, $ends_on, $state, $made_by, $made_at)
