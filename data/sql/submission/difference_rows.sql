-- What would change, changed facts first, up to a number of lines.
SELECT * FROM upload_difference WHERE state <> 'unchanged'
ORDER BY CASE state WHEN 'changed' THEN 1 WHEN 'new' THEN 2 ELSE 3 END, row
LIMIT $lines
