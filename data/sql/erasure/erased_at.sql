SELECT max(erased_at) AS erased_at FROM erasure
WHERE submission = $submission::UUID AND submission_row = $submission_row AND column_name = $column_name
