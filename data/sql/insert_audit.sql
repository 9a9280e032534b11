INSERT INTO audit VALUES ($happened_at, $actor, $deed, $subject, $from_version, $to_version)
