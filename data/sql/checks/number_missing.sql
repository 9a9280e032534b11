-- A cell that holds something unreadable is another finding's. The notes u, p and r are about a number that is there.
SELECT u.row, 'numerator' AS "column", '' AS value
FROM upload u JOIN upload_text t USING (row)
WHERE t.numerator IS NULL AND t.value IS NULL AND (t.note IS NULL OR u.note IN ('u', 'p', 'r'))
