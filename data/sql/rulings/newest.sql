SELECT reason, ruled_on, state, made_by, made_at FROM ruling
WHERE area_code = $area AND commitment = $commitment AND test = $test AND kind = $kind
ORDER BY made_at DESC NULLS LAST
LIMIT 1
