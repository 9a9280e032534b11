INSERT INTO reply (review, area_code, commitment, reply, made_by, made_at, at_version)
VALUES ($review::UUID, $area, $commitment, $reply, $made_by, $made_at, $version)
