-- The texts of a submission that are not erased yet, up to a number of them.
SELECT DISTINCT t.submission_row AS row, t.area_code, t.column_name, t.text
FROM stored_text t
ANTI JOIN erasure e
    ON e.submission = t.submission AND e.submission_row = t.submission_row AND e.column_name = t.column_name
WHERE t.submission = $submission::UUID AND contains(lower(t.text), lower($containing))
ORDER BY t.submission_row, t.column_name
LIMIT $most
