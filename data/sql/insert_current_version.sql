-- The number of the newest data version. It comes with the tables, so that of two who make a new store one is first.
INSERT INTO current_version SELECT 0 WHERE NOT EXISTS (FROM current_version)
