INSERT INTO current_version VALUES (0)
