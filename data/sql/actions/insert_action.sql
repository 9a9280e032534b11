INSERT INTO action (id, review, commitment, area_code, description, owner, due, state, evidence, outcome, invented, change_reason,
    made_by, made_at, at_version)
VALUES ($id::UUID, $review::UUID, $commitment, $area_code, $description, $owner, $due, $state, $evidence, $outcome, $invented,
    $change_reason, $made_by, $made_at, $version)
