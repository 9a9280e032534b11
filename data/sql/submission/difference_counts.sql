SELECT state, count(*) AS facts FROM upload_difference GROUP BY state
