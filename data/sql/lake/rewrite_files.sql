-- Files of which a row was changed or taken out are written anew without it.
CALL ducklake_rewrite_data_files(current_catalog(), delete_threshold => 0)
