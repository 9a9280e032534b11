INSERT INTO ruling (area_code, commitment, test, kind, reason, ruled_on, state, invented, made_by, made_at, at_version)
VALUES ($area, $commitment, $test, $kind, $reason, $ruled_on, $state, $invented, $made_by, $made_at, $version)
