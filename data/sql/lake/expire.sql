-- Snapshots of DuckLake that ended before then; data versions stand in the rows themselves and stay.
CALL ducklake_expire_snapshots(current_catalog(), older_than => now() - to_seconds($seconds))
