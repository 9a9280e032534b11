-- What happened to files between two versions, newest first: sent, withdrawn, or replaced; of areas asked for, and only
-- where the person asking may report. Facts stored before the areas of a file were noted tell them themselves.
WITH events AS (
    SELECT id AS submission, 'sent' AS event, sent_by AS who, sent_at AS happened_at, version, NULL AS reason
    FROM submission WHERE version > $since AND version <= $version
    UNION ALL
    SELECT submission, state, ended_by, ended_at, version, reason
    FROM submission_end WHERE version > $since AND version <= $version
),
areas_of AS (
    SELECT submission, list(DISTINCT area_code ORDER BY area_code) AS area_codes
    FROM (
        SELECT submission, area_code FROM submission_area
        UNION ALL
        SELECT submission, area_code FROM observation
        WHERE (from_version > $since AND from_version <= $version) OR (until_version > $since AND until_version <= $version)
        UNION ALL
        SELECT submission, area_code FROM insight
        WHERE (from_version > $since AND from_version <= $version) OR (until_version > $since AND until_version <= $version)
    )
    WHERE submission IN (SELECT submission FROM events)
    GROUP BY submission
)
SELECT e.version, e.event, e.happened_at, e.who, e.reason, s.file_name, s.template, s.source, s.edition, s.invented,
    s.rows_new, s.rows_changed, len(a.area_codes) AS areas
FROM events e
JOIN submission s ON s.id = e.submission
JOIN areas_of a ON a.submission = e.submission
WHERE list_has_any(a.area_codes, $areas) AND ($own_areas IS NULL OR list_has_any(a.area_codes, $own_areas))
ORDER BY e.version DESC, e.event DESC, s.file_name
