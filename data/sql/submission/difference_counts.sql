SELECT state, count(*) AS facts
FROM (
    SELECT 'new' AS state FROM upload ANTI JOIN upload_state USING (row)
    UNION ALL SELECT state FROM upload_state
    UNION ALL SELECT state FROM upload_difference WHERE state = 'absent'
)
GROUP BY state
