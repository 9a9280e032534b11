-- The name of an area and the kind of period of an indicator, as they are at a version; null for what is not known.
SELECT
    (
        SELECT name FROM area
        WHERE code = $area AND from_version <= $version AND (until_version IS NULL OR $version < until_version)
    ) AS area_name,
    (
        SELECT period_type FROM indicator
        WHERE key = $indicator AND from_version <= $version AND (until_version IS NULL OR $version < until_version)
    ) AS period_type
