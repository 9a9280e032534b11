-- What would hold no longer, or hold again, up to a number of lines; what another file says too stays as it is.
SELECT * FROM ending WHERE state <> 'kept' ORDER BY state, row LIMIT $lines
