-- Every row that was saved of adaptations by a version, also of those withdrawn: of each the oldest first.
SELECT id, commitment, area_code, kind, review, description, evidence, effect, changed_on, state, change_reason, invented,
    made_by, made_at, at_version
FROM adaptation WHERE coalesce(at_version, 0) <= $version
ORDER BY min(made_at) OVER (PARTITION BY id) DESC, id, made_at
