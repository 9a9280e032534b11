-- Where exactly a text stands; a row that came back counts as often as it is stored.
SELECT submission, submission_row, column_name, count(*) AS cells
FROM stored_text WHERE text = $text
GROUP BY ALL ORDER BY ALL
