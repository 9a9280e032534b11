-- The versions that a file made, ended with or replaced another in name it too.
UPDATE data_version SET reason = replace(reason, $quoted_name, $quoted_tombstone)
WHERE version IN (
    SELECT version FROM submission WHERE id = $submission::UUID
    UNION ALL SELECT version FROM submission_end WHERE submission = $submission::UUID OR successor = $submission::UUID
)
