SELECT id, original FROM submission WHERE id IN (SELECT unnest($submissions::UUID[]))
UNION ALL SELECT id, original FROM waiting WHERE id IN (SELECT unnest($submissions::UUID[])) AND octet_length(original) > 0
