INSERT INTO agreement (indicator, agreed_by, reason, invented, set_by, from_version)
VALUES ($indicator, $agreed_by, $reason, false, $set_by, $version)
