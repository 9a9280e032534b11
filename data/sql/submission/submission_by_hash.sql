-- The latest submission of the very same bytes.
SELECT file_name, sent_by, sent_at, version FROM submission WHERE sha256 = $sha256 ORDER BY version DESC LIMIT 1
