-- Tables whose rows always go into Parquet.
SELECT count(*) AS tables FROM ducklake_options(current_catalog()) WHERE option_name = 'data_inlining_row_limit'
