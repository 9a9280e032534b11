-- Accepted files, newest first, with the areas that each has facts for.
WITH areas_of AS (
    SELECT submission, list(DISTINCT area_code ORDER BY area_code) AS area_codes
    FROM (
        SELECT submission, area_code FROM observation
        UNION ALL SELECT submission, area_code FROM insight
    )
    GROUP BY submission
)
SELECT s.id, s.template, s.file_name, s.sent_by, s.sent_at, s.version, s.origin, s.source, s.edition, s.invented,
    s.rows_new, s.rows_changed, s.rows_unchanged, a.area_codes
FROM submission s LEFT JOIN areas_of a ON a.submission = s.id
WHERE $areas IS NULL OR list_has_any(a.area_codes, $areas)
ORDER BY s.version DESC
