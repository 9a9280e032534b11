-- Every target made by a version, newest first; what was changed or ended later stood still, and null in area_code is every area.
SELECT t.indicator, t.area_code, t.value, t.due, t.agreed_by, t.reason, t.invented, t.set_by, t.from_version,
    v.made_at, v.as_of,
    t.until_version IS NULL OR t.until_version > $version AS standing,
    CASE WHEN t.until_version <= $version THEN t.until_version END AS until_version,
    CASE WHEN t.until_version <= $version THEN t.ended_by END AS ended_by,
    CASE WHEN t.until_version <= $version THEN t.end_reason END AS end_reason
FROM target t LEFT JOIN data_version v ON v.version = t.from_version
WHERE t.from_version <= $version AND ($indicator IS NULL OR t.indicator = $indicator)
ORDER BY t.from_version DESC, t.indicator, t.area_code NULLS FIRST, t.due, t.value
