-- The periods that an area has figures for at a version; a region and England have those of their areas.
WITH placed AS (
    SELECT code, parent FROM area WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
),
inside AS (
    SELECT code FROM placed
    WHERE code = $area OR parent = $area OR parent IN (SELECT code FROM placed WHERE parent = $area)
)
SELECT DISTINCT period_end FROM observation
WHERE indicator = $indicator AND area_code IN (SELECT code FROM inside)
    AND from_version <= $version AND (until_version IS NULL OR $version < until_version)
    AND breakdown_type = '' AND organisation = '' AND (numerator IS NOT NULL OR value IS NOT NULL)
ORDER BY period_end
