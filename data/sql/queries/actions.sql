-- Actions of reviews as they were known at a version, open ones first and soonest due first; every row of them if asked.
SELECT a.id, a.review, r.title AS review_title, r.held_on, r.area_code AS review_area, a.commitment, a.area_code,
    a.description, a.owner, a.due, a.state, a.evidence, a.outcome, a.change_reason, a.made_by, a.made_at, a.invented
FROM action a JOIN review r ON r.id = a.review
WHERE coalesce(a.at_version, r.at_version, r.version) <= $version
    AND (r.state <> 'called_off' OR r.ended_version > $version)
    AND ($commitment IS NULL OR a.commitment = $commitment) AND ($area IS NULL OR a.area_code = $area)
    AND ($review IS NULL OR a.review = $review::UUID)
QUALIFY $every OR row_number() OVER (PARTITION BY a.id ORDER BY a.made_at DESC NULLS LAST) = 1
ORDER BY a.state <> 'open', a.due, a.commitment, a.id, a.made_at DESC NULLS LAST
