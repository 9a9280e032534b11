-- Every data version, newest first.
SELECT version, as_of, made_at, made_by, reason FROM data_version ORDER BY version DESC
