-- What areas tell of their own practice, as it was known at a version: the newest row of each entry that was not withdrawn.
WITH latest AS (
    SELECT *, min(made_at) OVER (PARTITION BY id) AS first_made_at FROM practice WHERE coalesce(at_version, 0) <= $version
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY made_at DESC NULLS LAST) = 1
)
SELECT id, area_code, title, topics, themes, commitments, started_on, partners, done, reported, measured, strength, source,
    change_reason, invented, made_by, made_at, at_version, first_made_at
FROM latest
WHERE state <> 'withdrawn' AND ($area IS NULL OR area_code = $area)
ORDER BY area_code, first_made_at, title, id
