-- Targets that held at a version; a target without an area is for all of them.
SELECT indicator, area_code, value, due, agreed_by, reason, invented FROM target
WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
    AND ($indicator IS NULL OR indicator = $indicator)
ORDER BY indicator, area_code NULLS FIRST, due, from_version, value
