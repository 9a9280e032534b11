-- One file that waits, or waited, whole.
SELECT w.*, e.state, e.reason AS end_reason, e.ended_by, e.ended_at, e.version
FROM waiting w LEFT JOIN waiting_end e ON e.waiting = w.id
WHERE w.id = $id::UUID
