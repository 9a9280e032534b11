-- Whether the staged upload has a column that only one template has.
SELECT count(*) AS found FROM duckdb_columns()
WHERE database_name = 'temp' AND table_name = 'upload' AND column_name = $column_name
