INSERT INTO review (id, area_code, title, held_on, state, version, as_of, invented, recorded_by, recorded_at, at_version,
    ended_by, ended_at, ended_version)
VALUES ($id::UUID, $area_code, $title, $held_on, 'closed', $version, $as_of, true, 'Demonstration', $held_on, $version,
    'Demonstration', $held_on, $version)
