-- How many facts of each indicator differ between two versions.
SELECT indicator, state, count(*) AS facts FROM (
all_of_them
)
GROUP BY ALL ORDER BY indicator, state
