-- The text that was erased elsewhere, where this store still holds it.
SELECT text FROM (SELECT DISTINCT text FROM stored_text) WHERE sha256($salt || text) = $digest
