-- Actions of the reviews held by a day, soonest due first.
SELECT a.id, a.review, r.title AS review_title, r.held_on, a.commitment, a.area_code, a.description, a.owner, a.due,
    a.state, a.evidence, a.outcome, a.invented
FROM action a JOIN review r ON r.id = a.review
WHERE r.held_on <= $as_of
    AND ($commitment IS NULL OR a.commitment = $commitment) AND ($area IS NULL OR a.area_code = $area)
ORDER BY a.state = 'done', a.due, a.commitment, a.id
