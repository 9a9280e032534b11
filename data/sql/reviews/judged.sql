-- The commitments that a review has judged.
SELECT DISTINCT commitment FROM judgement WHERE review = $review::UUID
