-- The indicators and periods in which a total differs between a version and a later one.
SELECT DISTINCT indicator, period_end FROM observation
WHERE breakdown_type = '' AND organisation = ''
    AND ((from_version > $since AND from_version <= $version) OR (until_version > $since AND until_version <= $version))
