SELECT area_code, mid_year, population, source FROM population
WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
ORDER BY area_code, mid_year
