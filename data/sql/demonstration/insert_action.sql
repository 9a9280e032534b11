INSERT INTO action
VALUES ($id::UUID, $review::UUID, $commitment, $area_code, $description, $owner, $due, $state, $evidence, $outcome, true)
