-- Rows that PostgreSQL holds, of every snapshot, go into Parquet files.
CALL ducklake_flush_inlined_data(current_catalog())
