UPDATE review SET state = $state, ended_by = $ended_by, ended_at = $ended_at, end_reason = $reason, ended_version = $version
WHERE id = $id::UUID
