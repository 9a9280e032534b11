UPDATE submission SET file_name = $tombstone WHERE id = $submission::UUID
