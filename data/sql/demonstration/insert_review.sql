INSERT INTO review
VALUES ($id::UUID, $area_code, $title, $held_on, 'closed', $version, $as_of, true, 'Demonstration', $held_on)
