UPDATE target SET until_version = $version, ended_by = $ended_by, end_reason = $end_reason
WHERE indicator = $indicator AND area_code IS NOT DISTINCT FROM $area_code AND due = $due AND until_version IS NULL
