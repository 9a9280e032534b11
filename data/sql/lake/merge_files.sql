CALL ducklake_merge_adjacent_files(current_catalog())
