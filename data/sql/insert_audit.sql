INSERT INTO audit (happened_at, actor, deed, subject, from_version, to_version,
    number, salt, name_digest, subject_salt, subject_digest, chain)
VALUES ($happened_at, $actor, $deed, $subject, $from_version, $to_version,
    $number, $salt, $name_digest, $subject_salt, $subject_digest, $chain)
