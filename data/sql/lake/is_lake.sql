-- Whether the open store is a DuckLake.
SELECT type = 'ducklake' AS is_lake FROM duckdb_databases() WHERE database_name = current_catalog()
