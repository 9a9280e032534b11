-- Every stored version, up to a data version, of each total that was stored more than once and still holds.
WITH stored AS (
    SELECT area_code, period_start, period_end, submission, from_version,
        CASE WHEN until_version <= $version THEN until_version END AS until_version
    FROM observation
    WHERE indicator = $indicator AND area_code IN (SELECT unnest($areas::VARCHAR[]))
        AND from_version <= $version AND breakdown_type = '' AND organisation = ''
),
revised AS (
    SELECT area_code, period_start, period_end FROM stored
    GROUP BY ALL HAVING count(*) > 1 AND bool_or(until_version IS NULL)
)
SELECT f.area_code, f.period_start, f.period_end, f.from_version, f.until_version,
    s.file_name, s.source, s.edition, s.invented, s.sent_by, s.sent_at
FROM stored f
JOIN revised USING (area_code, period_start, period_end)
JOIN submission s ON s.id = f.submission
ORDER BY f.area_code, f.period_end, f.period_start, f.from_version
