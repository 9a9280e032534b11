INSERT INTO action (id, review, commitment, area_code, description, owner, due, state, evidence, outcome, invented)
VALUES ($id::UUID, $review::UUID, $commitment, $area_code, $description, $owner, $due, $state, $evidence, $outcome, true)
