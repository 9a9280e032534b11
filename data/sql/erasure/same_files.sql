-- The submissions of the very same bytes, and the files with them that wait for another person.
WITH asked AS (SELECT sha256 FROM submission WHERE id = $submission::UUID)
SELECT id FROM submission WHERE sha256 = (SELECT sha256 FROM asked)
UNION ALL SELECT id FROM waiting WHERE sha256 = (SELECT sha256 FROM asked)
