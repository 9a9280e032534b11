SELECT version, as_of, CAST(made_at AS DATE) AS made_on FROM data_version WHERE version <= $version ORDER BY version
