-- A file that waits with the very same bytes, read in the same way and in place of the same file.
SELECT w.id FROM waiting w ANTI JOIN waiting_end e ON e.waiting = w.id
WHERE w.id = $id::UUID
    OR (w.sha256 = $sha256 AND w.mapping = $mapping AND w.corrects IS NOT DISTINCT FROM $corrects::UUID)
ORDER BY w.sent_at
LIMIT 1
