-- Waits until no other process is starting, and then has the others wait until this transaction ends. The number is any.
SELECT started FROM postgres_query(
    '__ducklake_metadata_' || current_catalog(), 'SELECT 1 AS started FROM pg_advisory_xact_lock(20250731)'
)
