-- The public texts of the demonstration's own files that nobody has checked.
SELECT DISTINCT i.submission, i.submission_row
FROM insight i JOIN submission s ON s.id = i.submission
ANTI JOIN public_check c ON c.submission = i.submission AND c.submission_row = i.submission_row
WHERE i.visibility = 'public' AND s.invented AND s.sent_by = $sent_by
