-- A cell that holds something unreadable is another finding's. The notes u, p and r are about a number that is there.
SELECT row, 'numerator' AS "column", '' AS value
FROM upload_cells
WHERE numerator_text IS NULL AND value_text IS NULL AND (note_text IS NULL OR note IN ('u', 'p', 'r'))
