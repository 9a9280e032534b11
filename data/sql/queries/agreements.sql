-- Which proposed indicators were agreed by a version, newest first; what was ended later had not been ended by then.
SELECT a.indicator, a.agreed_by, a.reason, a.invented, a.set_by, a.from_version, v.made_at, v.as_of,
    a.until_version IS NULL OR a.until_version > $version AS standing,
    CASE WHEN a.until_version <= $version THEN a.until_version END AS until_version,
    CASE WHEN a.until_version <= $version THEN a.ended_by END AS ended_by,
    CASE WHEN a.until_version <= $version THEN a.end_reason END AS end_reason
FROM agreement a LEFT JOIN data_version v ON v.version = a.from_version
WHERE a.from_version <= $version
ORDER BY a.from_version DESC, a.indicator
