SELECT version FROM submission WHERE id = $id::UUID
