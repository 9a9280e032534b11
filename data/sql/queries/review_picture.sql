-- The computed picture that a review showed when it was closed.
SELECT * EXCLUDE (review) FROM review_picture WHERE review = $review::UUID ORDER BY commitment
