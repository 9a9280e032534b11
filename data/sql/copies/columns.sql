-- The columns of the stored tables of one database, in an order that both engines and every migration agree on.
SELECT table_name AS name, column_name, data_type
FROM duckdb_columns()
WHERE database_name = $database AND schema_name = 'main' AND NOT internal
ORDER BY table_name, column_name
