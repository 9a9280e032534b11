-- An area as it holds at a version, with the name; areas shown for comparison only hold no reviews.
SELECT code, name, type, parent FROM area
WHERE code = $area AND NOT comparator_only AND from_version <= $version AND (until_version IS NULL OR $version < until_version)
