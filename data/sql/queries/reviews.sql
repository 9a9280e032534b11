-- Reviews of a scope, or of every scope, as they were known at a version, newest first.
SELECT id, area_code, title, held_on, CASE WHEN ended_version > $version THEN 'open' ELSE state END AS state, version, as_of,
    invented, recorded_by, recorded_at,
    CASE WHEN coalesce(ended_version, 0) <= $version THEN ended_by END AS ended_by,
    CASE WHEN coalesce(ended_version, 0) <= $version THEN ended_at END AS ended_at,
    CASE WHEN coalesce(ended_version, 0) <= $version THEN end_reason END AS end_reason
FROM review
WHERE coalesce(at_version, version) <= $version AND ($area IS NULL OR area_code = $area)
ORDER BY held_on DESC, recorded_at DESC, id
