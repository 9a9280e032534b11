-- Where the control chart of an area starts anew, as known at a version: what was ended later had not been ended by then.
SELECT id, indicator, area_code, period_end, reason, made_by, made_at,
    ended_version IS NULL OR ended_version > $version AS standing,
    CASE WHEN ended_version <= $version THEN ended_by END AS ended_by,
    CASE WHEN ended_version <= $version THEN ended_at END AS ended_at,
    CASE WHEN ended_version <= $version THEN end_reason END AS end_reason
FROM rebase
WHERE version <= $version AND ($indicator IS NULL OR indicator = $indicator) AND area_code = $area
ORDER BY indicator, period_end, made_at, id
