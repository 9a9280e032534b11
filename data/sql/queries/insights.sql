-- Evidence that held at a version and that the person asking may see.
SELECT
    i.commitment, i.area_code, p.name AS area_name, p.type AS area_type, p.parent AS region_code,
    i.period_start, i.period_end, i.perspective, i.organisation, i.sector, i.method, i.participants, i.grade, i.direction,
    i.summary, CASE WHEN i.consent_to_publish THEN i.quote END AS quote, i.visibility,
    i.barriers, i.enablers, i.not_heard, i.source_reference, s.invented
FROM insight i
JOIN submission s ON s.id = i.submission
JOIN area p ON p.code = i.area_code AND p.from_version <= $version AND (p.until_version IS NULL OR $version < p.until_version)
WHERE i.from_version <= $version AND (i.until_version IS NULL OR $version < i.until_version)
    AND ($commitment IS NULL OR i.commitment = $commitment)
    AND ($area IS NULL OR i.area_code = $area)
    AND (i.visibility = 'public'
        OR $sees_every_area
        OR (i.visibility = 'steering' AND $sees_steering)
        OR list_contains($own_areas, i.area_code))
ORDER BY i.period_end DESC, i.area_code, i.source_reference, i.commitment, i.period_start, i.perspective, i.organisation,
    i.method
