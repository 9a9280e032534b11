-- Files that wait, oldest first, or that ended, newest first, without their bytes: of areas that the person asking reports
-- for, or sent by this person.
SELECT
    w.id, w.template, w.corrects, s.file_name AS corrects_name, w.file_name, w.size, w.areas, w.facts, w.invented,
    w.reason, w.sent_by, w.sent_email, w.sent_at, coalesce(e.state, 'waiting') AS state, e.reason AS end_reason,
    e.ended_by, e.ended_at, e.version
FROM waiting w
LEFT JOIN waiting_end e ON e.waiting = w.id
LEFT JOIN submission s ON s.id = w.corrects
WHERE (e.state IS NULL) = $still
    AND ($own_areas IS NULL OR list_has_any(w.areas, $own_areas) OR (w.sent_email <> '' AND w.sent_email = $email))
ORDER BY e.ended_at DESC, w.sent_at, w.id
LIMIT $most
