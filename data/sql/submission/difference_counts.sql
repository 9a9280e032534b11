SELECT state, count(*) AS facts
FROM (SELECT state FROM upload_state UNION ALL SELECT state FROM upload_difference WHERE state = 'absent')
GROUP BY state
