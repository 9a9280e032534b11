-- The newest row of an action, with the day that its review was held on and the review's state.
SELECT a.id, a.review, a.commitment, a.area_code, a.description, a.owner, a.due, a.state, a.evidence, a.outcome, a.invented,
    a.made_by, a.made_at, r.held_on, r.state AS review_state
FROM action a JOIN review r ON r.id = a.review WHERE a.id = $id::UUID ORDER BY a.made_at DESC NULLS LAST LIMIT 1
