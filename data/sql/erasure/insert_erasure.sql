INSERT INTO erasure VALUES (
    $id::UUID, $kind, $submission::UUID, $submission_row, $column_name, $salt, $digest, $erased_by, $erased_at, $reason
)
