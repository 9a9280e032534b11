-- Estimates of residents that differ between two versions, of the areas asked for.
WITH earlier AS (
    SELECT * FROM population
    WHERE from_version <= $since AND until_version > $since AND until_version <= $version
        AND area_code IN (SELECT unnest($areas))
),
later AS (
    SELECT * FROM population
    WHERE from_version > $since AND from_version <= $version AND (until_version IS NULL OR until_version > $version)
        AND area_code IN (SELECT unnest($areas))
)
SELECT area_code, mid_year, e.population AS was_population, l.population, coalesce(l.source, e.source) AS source,
    CASE WHEN e.population IS NULL THEN 'new' WHEN l.population IS NULL THEN 'withdrawn' ELSE 'corrected' END AS state
FROM earlier e FULL JOIN later l USING (area_code, mid_year)
WHERE e.population IS DISTINCT FROM l.population
ORDER BY mid_year DESC, area_code
