-- The agenda that a review had when it was closed, in its order.
SELECT * EXCLUDE (review) FROM review_agenda WHERE review = $review::UUID ORDER BY place
