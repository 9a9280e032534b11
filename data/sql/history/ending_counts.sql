SELECT state, count(*) AS facts FROM ending GROUP BY state
