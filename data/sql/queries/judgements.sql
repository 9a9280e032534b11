SELECT commitment, grade, reason, confidence, dissent FROM judgement WHERE review = $review::UUID
