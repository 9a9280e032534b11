-- ATTACH takes no parameter: the path stands in its place as a quoted text.
ATTACH $path AS source (READ_ONLY)
