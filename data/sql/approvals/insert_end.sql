INSERT INTO waiting_end BY NAME
SELECT
    $waiting::UUID AS waiting, $state AS state, $reason AS reason, $ended_by AS ended_by, $ended_at AS ended_at,
    $version::INTEGER AS version
