-- The uploaded insights with codes, dates and numbers in place of text; null where a text could not be read.
CREATE OR REPLACE TEMP TABLE upload AS
SELECT
    t.row,
    c.key AS commitment,
    a.key AS area_code,
    p.period_start,
    p.period_end,
    v.key AS perspective,
    coalesce(t.organisation, '') AS organisation,
    coalesce(m.key, '') AS method,
    coalesce(t.source_reference, '') AS source_reference,
    s.key AS sector,
    CAST(CASE WHEN cell_number(t.participants) BETWEEN 1 AND 1e9 THEN cell_number(t.participants) END AS INTEGER) AS participants,
    CAST(CASE WHEN cell_number(t.grade) IN (1, 2, 3, 4, 5) THEN cell_number(t.grade) END AS INTEGER) AS grade,
    d.key AS direction,
    t.summary,
    t.quote,
    coalesce(y.key, 'no') = 'yes' AS consent_to_publish,
    coalesce(w.key, 'steering') AS visibility,
    t.barriers,
    t.enablers,
    t.not_heard
FROM upload_text t
LEFT JOIN upload_lookup a ON a.field = 'area_code' AND a.text = t.area_code
LEFT JOIN upload_lookup c ON c.field = 'commitment' AND c.text = t.commitment
LEFT JOIN upload_lookup p ON p.field = 'period' AND p.text = t.period
LEFT JOIN upload_lookup v ON v.field = 'perspective' AND v.text = t.perspective
LEFT JOIN upload_lookup s ON s.field = 'sector' AND s.text = t.sector
LEFT JOIN upload_lookup m ON m.field = 'method' AND m.text = t.method
LEFT JOIN upload_lookup d ON d.field = 'direction' AND d.text = t.direction
LEFT JOIN upload_lookup y ON y.field = 'consent_to_publish' AND y.text = t.consent_to_publish
LEFT JOIN upload_lookup w ON w.field = 'visibility' AND w.text = t.visibility
