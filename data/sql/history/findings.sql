SELECT findings, sha256 FROM submission WHERE id = $submission::UUID
