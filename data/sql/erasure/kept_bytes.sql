SELECT id, original FROM submission WHERE id IN (SELECT unnest($submissions::UUID[]))
