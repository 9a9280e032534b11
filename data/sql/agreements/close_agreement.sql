UPDATE agreement SET until_version = $version, ended_by = $ended_by, end_reason = $end_reason
WHERE indicator = $indicator AND until_version IS NULL
