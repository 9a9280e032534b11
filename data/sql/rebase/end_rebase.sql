UPDATE rebase SET ended_by = $ended_by, ended_at = $ended_at, end_reason = $end_reason, ended_version = $version
WHERE id = $id::UUID
