-- Definitions of indicators that differ between two versions: both, as they stood; null where there was none.
WITH earlier AS (
    SELECT * FROM indicator WHERE from_version <= $since AND until_version > $since AND until_version <= $version
),
later AS (
    SELECT * FROM indicator
    WHERE from_version > $since AND from_version <= $version AND (until_version IS NULL OR until_version > $version)
)
SELECT coalesce(l.key, e.key) AS indicator, coalesce(l.name, e.name) AS name, e.definition AS was_definition, l.definition
FROM earlier e FULL JOIN later l ON l.key = e.key
WHERE e.definition IS DISTINCT FROM l.definition
ORDER BY name, indicator
