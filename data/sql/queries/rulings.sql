-- What was said of the seven tests by a version, newest first. `newest` marks the last saving of each thing, `standing` one
-- that was not ended.
SELECT *, row_number() OVER (PARTITION BY area_code, commitment, test, kind ORDER BY made_at DESC NULLS LAST) = 1 AS newest,
    newest AND state = 'standing' AS standing
FROM ruling
WHERE at_version <= $version
ORDER BY made_at DESC, area_code, commitment, test, kind
