-- The data version that was the newest on a day.
SELECT version, as_of FROM data_version WHERE as_of <= $day ORDER BY version DESC LIMIT 1
