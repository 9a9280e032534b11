-- ATTACH takes no parameter: the path stands in its place as a quoted text, and so does the name.
ATTACH $path AS its_copy
