SELECT DISTINCT text FROM stored_text
WHERE submission = $submission::UUID AND submission_row = $submission_row AND column_name = $column_name
