-- The latest submission of the very same bytes that has been neither withdrawn nor replaced.
SELECT s.version FROM submission s
WHERE s.sha256 = $sha256 AND NOT EXISTS (SELECT 1 FROM submission_end e WHERE e.submission = s.id)
ORDER BY s.version DESC
LIMIT 1
