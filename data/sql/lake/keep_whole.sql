-- Files as they were sent go into Parquet: what PostgreSQL holds is written there as text, too slow for megabytes.
CALL ducklake_set_option(current_catalog(), 'data_inlining_row_limit', 0, table_name => $table_name)
