-- The bytes of the open store's file, freed space included: no row for one without a file of its own.
SELECT total_blocks * block_size AS size FROM pragma_database_size() WHERE database_name = current_database()
