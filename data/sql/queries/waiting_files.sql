-- How many files were ever sent to wait for a second person, and how many of them wait no more.
SELECT (SELECT count(*) FROM waiting) AS sent, (SELECT count(*) FROM waiting_end) AS ended
