-- What was changed because of evidence, as it was recorded by a version: the newest row of each that was not withdrawn.
WITH known AS (SELECT * FROM adaptation WHERE coalesce(at_version, 0) <= $version),
latest AS (
    SELECT *, min(made_at) OVER (PARTITION BY id) AS first_made_at FROM known
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY made_at DESC NULLS LAST) = 1
)
SELECT l.id, l.commitment, l.area_code, l.kind, l.review, r.title AS review_title, l.description, l.evidence, l.effect,
    l.changed_on, l.state, l.change_reason, l.invented, l.made_by, l.made_at, l.at_version, l.first_made_at
FROM latest l LEFT JOIN review r ON r.id = l.review
WHERE l.state <> 'withdrawn' AND ($commitment IS NULL OR l.commitment = $commitment)
ORDER BY l.changed_on DESC, l.commitment, l.area_code, l.first_made_at, l.id
