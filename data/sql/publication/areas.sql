SELECT code, name, type, parent, comparator_only, rates_given FROM area
WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version)
ORDER BY type, code
