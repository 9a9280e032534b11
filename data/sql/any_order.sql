-- Rows come in the order that a query asks for and in no other, which lets DuckDB read and write them side by side.
SET preserve_insertion_order = false
