INSERT INTO target VALUES ($indicator, $area_code, $value, $due, $agreed_by, $reason, true, $version, NULL)
