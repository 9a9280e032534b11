SELECT findings FROM submission WHERE id = $submission::UUID
