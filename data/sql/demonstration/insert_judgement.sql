INSERT INTO judgement VALUES ($review::UUID, $commitment, $grade, $reason, $confidence, $dissent)
