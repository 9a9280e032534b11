SELECT made_by, made_at FROM reply WHERE review = $review::UUID AND area_code = $area AND commitment = $commitment
ORDER BY made_at DESC LIMIT 1
