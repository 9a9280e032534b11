SELECT file_name, original FROM submission WHERE id = $submission::UUID
