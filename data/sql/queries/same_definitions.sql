-- Whether areas, populations and indicators are the same at a version and at a later one.
SELECT NOT EXISTS (
    FROM (
        SELECT from_version, until_version FROM area
        UNION ALL SELECT from_version, until_version FROM population
        UNION ALL SELECT from_version, until_version FROM indicator
    )
    WHERE (from_version > $since AND from_version <= $version) OR (until_version > $since AND until_version <= $version)
) AS same
