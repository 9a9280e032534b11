SELECT definition FROM indicator WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
ORDER BY key
