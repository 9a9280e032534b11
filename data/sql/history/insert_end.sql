INSERT INTO submission_end VALUES ($submission::UUID, $state, $reason, $ended_by, $ended_at, $version, $successor::UUID)
