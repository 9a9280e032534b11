-- The submissions of the very same bytes.
SELECT id FROM submission WHERE sha256 = (SELECT sha256 FROM submission WHERE id = $submission::UUID) ORDER BY version
