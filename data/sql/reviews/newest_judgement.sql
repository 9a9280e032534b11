SELECT made_by, made_at FROM judgement WHERE review = $review::UUID AND commitment = $commitment
ORDER BY made_at DESC NULLS LAST LIMIT 1
