INSERT INTO target (indicator, area_code, value, due, agreed_by, reason, invented, from_version, until_version)
VALUES ($indicator, $area_code, $value, $due, $agreed_by, $reason, true, $version, NULL)
