SELECT commitment, grade, reason, confidence, dissent FROM judgement WHERE review = $review::UUID
ORDER BY commitment, grade, reason
