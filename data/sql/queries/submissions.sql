-- Accepted files, newest first, with the areas that each speaks of, how it ended, and what was found in it.
WITH areas_of AS (
    SELECT submission, list(DISTINCT area_code ORDER BY area_code) AS area_codes
    FROM (
        SELECT submission, area_code FROM observation
        UNION ALL SELECT submission, area_code FROM insight
        UNION ALL SELECT submission, area_code FROM submission_area
    )
    GROUP BY submission
),
erased AS (
    SELECT submission, max(erased_at) AS file_erased_at FROM erasure WHERE column_name = 'original' GROUP BY submission
),
listed AS (
    SELECT s.id, a.area_codes FROM submission s LEFT JOIN areas_of a ON a.submission = s.id
    WHERE ($areas IS NULL OR list_has_any(a.area_codes, $areas))
        AND ($own_areas IS NULL OR list_has_any(a.area_codes, $own_areas))
        AND contains(lower(s.file_name), lower($containing))
    ORDER BY s.version DESC
    LIMIT $most
)
SELECT s.id, s.template, s.file_name, s.sent_by, s.sent_at, s.version, s.origin, s.source, s.edition, s.invented,
    s.rows_new, s.rows_changed, s.rows_unchanged, l.area_codes,
    coalesce(e.state, 'accepted') AS state, e.reason, e.ended_by, e.ended_at, e.version AS ended_version,
    e.successor, n.file_name AS successor_name, n.version AS successor_version,
    coalesce(s.size, octet_length(s.original)) AS size, x.file_erased_at,
    len(list_filter(json_extract_string(s.findings, '$[*].level'), lambda level: level = 'check')) AS checks,
    len(list_filter(json_extract_string(s.findings, '$[*].level'), lambda level: level = 'note')) AS notes
FROM submission s
JOIN listed l ON l.id = s.id
LEFT JOIN submission_end e ON e.submission = s.id
LEFT JOIN submission n ON n.id = e.successor
LEFT JOIN erased x ON x.submission = s.id
ORDER BY s.version DESC
