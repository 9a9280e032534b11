-- How much of everything there is at a version, to tell an empty workspace.
SELECT
    (SELECT count(*) FROM observation WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version))
        AS observations,
    (SELECT count(*) FROM insight WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version))
        AS insights
