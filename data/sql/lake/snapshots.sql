SELECT count(*) AS snapshots FROM ducklake_snapshots(current_catalog())
