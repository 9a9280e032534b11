-- A file that waited for another person keeps its name beside how that ended.
UPDATE waiting SET file_name = $tombstone WHERE id = $submission::UUID
