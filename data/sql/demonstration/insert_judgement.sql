INSERT INTO judgement (review, commitment, grade, reason, confidence, dissent)
VALUES ($review::UUID, $commitment, $grade, $reason, $confidence, $dissent)
