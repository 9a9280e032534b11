-- Files that no snapshot needs, and has not needed for so long.
CALL ducklake_cleanup_old_files(current_catalog(), older_than => now() - to_seconds($seconds))
