SELECT * FROM rebase WHERE id = $id::UUID
