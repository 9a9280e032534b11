-- The newest data version, with its as-of date.
SELECT c.version, v.as_of, v.catalogue_digest, v.made_at, v.made_by, v.reason
FROM current_version c LEFT JOIN data_version v USING (version)
