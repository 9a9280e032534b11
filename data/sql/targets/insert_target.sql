INSERT INTO target (indicator, area_code, value, due, agreed_by, reason, invented, set_by, from_version)
VALUES ($indicator, $area_code, $value, $due, $agreed_by, $reason, false, $set_by, $version)
