INSERT INTO action (id, review, commitment, area_code, description, owner, due, state, evidence, outcome, invented, made_by,
    made_at, at_version)
VALUES ($id::UUID, $review::UUID, $commitment, $area_code, $description, $owner, $due, $state, $evidence, $outcome, true,
    'Demonstration', $held_on, $version)
