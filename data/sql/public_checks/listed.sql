-- What areas mark as public and holds now, with what a second person said of it: what waits first, longest first.
SELECT
    t.submission, t.submission_row, t.commitment, t.area_code, p.name AS area_name, t.period_start, t.period_end,
    t.perspective, t.organisation, t.sector, t.method, t.participants, t.grade, t.direction, t.summary, t.quote,
    t.consent_to_publish, t.barriers, t.enablers, t.not_heard, t.source_reference, s.file_name, s.sent_by, s.sent_email,
    s.sent_at, s.invented, t.check_state, t.check_reason, t.checked_by, t.checked_at
FROM (all_of_them) t
JOIN submission s ON s.id = t.submission
JOIN area p ON p.code = t.area_code AND p.until_version IS NULL
WHERE t.until_version IS NULL AND t.marked = 'public'
    AND ($own_areas IS NULL OR list_contains($own_areas, t.area_code))
    AND ($only_waiting IS NOT TRUE OR t.check_state IS NULL)
ORDER BY t.check_state IS NOT NULL, t.checked_at DESC, s.sent_at, t.submission, t.submission_row
