"""Bytes to checked frames to DuckDB to frames: the catalogue, the screening, the store and its queries."""

PROGRAM_VERSION = "0.1.0"
