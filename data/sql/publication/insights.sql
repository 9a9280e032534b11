-- Evidence that held at a version and may be published: marked public and checked by a second person. Of few people, or of nobody knows how many, neither the quote
-- nor their number is.
SELECT
    i.commitment, i.area_code, i.period_start, i.period_end, i.perspective, i.organisation, i.sector, i.method,
    CASE WHEN i.participants >= $fewest THEN i.participants END AS participants,
    i.grade, i.direction, i.summary,
    CASE WHEN i.participants >= $fewest AND i.consent_to_publish THEN i.quote END AS quote,
    i.barriers, i.enablers, i.not_heard, s.invented, s.version AS submission_version
FROM (all_of_them) i
JOIN submission s ON s.id = i.submission
JOIN area p ON p.code = i.area_code AND p.from_version <= $version AND (p.until_version IS NULL OR $version < p.until_version)
WHERE i.from_version <= $version AND (i.until_version IS NULL OR $version < i.until_version) AND i.visibility = 'public'
ORDER BY i.commitment, i.area_code, i.period_end, i.period_start, i.perspective, s.version, i.submission_row
