-- What was erased, oldest first.
SELECT id, kind, submission, submission_row, column_name, salt, digest, erased_by, erased_at, reason
FROM erasure ORDER BY erased_at, id, kind DESC, submission, submission_row, column_name
