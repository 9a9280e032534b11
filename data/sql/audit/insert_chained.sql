INSERT INTO audit BY NAME SELECT * FROM chained_lines ORDER BY number
