SELECT table_name AS name FROM duckdb_tables() WHERE database_name = $database AND NOT temporary ORDER BY table_name
