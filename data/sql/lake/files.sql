-- Where the lake that is open keeps its Parquet files, as it was told when it was made.
SELECT value AS files FROM ducklake_options(current_catalog()) WHERE option_name = 'data_path'
