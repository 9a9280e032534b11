INSERT INTO judgement (review, commitment, grade, reason, confidence, dissent, made_by, made_at, at_version)
VALUES ($review::UUID, $commitment, $grade, $reason, $confidence, $dissent, $made_by, $made_at, $version)
