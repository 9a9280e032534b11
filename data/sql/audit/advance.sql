-- The one row that every line changes: two who write at the same moment conflict here, and one of them tries again.
UPDATE audit_head SET lines = $number, chain = $chain
