INSERT INTO review (id, area_code, title, held_on, state, version, as_of, invented, recorded_by, recorded_at, at_version)
VALUES ($id::UUID, $area, $title, $held_on, 'open', $pinned, $as_of, false, $made_by, $made_at, $version)
