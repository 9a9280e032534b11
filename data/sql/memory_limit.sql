-- What DuckDB may use of the memory; beyond it, temporary tables go to a file beside the store.
SET memory_limit = $limit
