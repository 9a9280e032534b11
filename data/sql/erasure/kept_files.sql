-- The submissions whose file is kept, oldest first, with its size in bytes; then the files that wait for another person.
SELECT id, file_name, size FROM (
    SELECT id, file_name, coalesce(size, octet_length(original)) AS size, version
    FROM submission WHERE octet_length(original) > 0
    UNION ALL SELECT id, file_name, size, NULL FROM waiting WHERE octet_length(original) > 0
)
ORDER BY version NULLS LAST, file_name, id
