-- What one query finds, with its name beside it, so that it may be put together with what others find.
SELECT 'its_name' AS query, * FROM (
its_text
)
