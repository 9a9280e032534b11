"""The review pack: what the pages say of a scope and a data version, as one HTML file, a tagged PDF and a Word file."""
