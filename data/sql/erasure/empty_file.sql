-- The bytes of a file are gone; its digest is salted, and what was found in it no longer says what stood there.
UPDATE submission SET original = ''::BLOB, size = 0, sha256 = $digest, findings = $findings WHERE id = $submission::UUID
