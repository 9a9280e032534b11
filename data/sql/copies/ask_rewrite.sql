INSERT INTO rewrite_due VALUES ($asked_at)
