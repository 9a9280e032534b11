-- The submissions whose file is kept, oldest first, with its size in bytes.
SELECT id, file_name, coalesce(size, octet_length(original)) AS size FROM submission WHERE octet_length(original) > 0 ORDER BY version
