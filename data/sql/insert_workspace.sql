INSERT INTO workspace VALUES ($format, $start)
