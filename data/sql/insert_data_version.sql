INSERT INTO data_version
VALUES ($version, $made_at, $as_of, $made_by, $reason, $catalogue_digest, $program_version)
