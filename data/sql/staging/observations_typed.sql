-- The uploaded observations with codes, dates and numbers in place of text; null where a text could not be read.
CREATE OR REPLACE TEMP TABLE upload AS
SELECT
    t.row,
    a.key AS area_code,
    i.key AS indicator,
    d.measure,
    d.multiplier,
    d.period_type,
    d.resident_population,
    p.period_start,
    p.period_end,
    coalesce(t.breakdown_type, '') AS breakdown_type,
    coalesce(t.breakdown, '') AS breakdown,
    coalesce(t.organisation, '') AS organisation,
    cell_number(t.numerator) AS numerator,
    cell_number(t.denominator) AS denominator,
    cell_number(t.value) AS value,
    cell_number(t.lower) AS lower,
    cell_number(t.upper) AS upper,
    coalesce(n.key, nn.key, nv.key, nd.key) AS note,
    t.comment,
    t.value AS value_text
FROM upload_text t
LEFT JOIN upload_lookup a ON a.field = 'area_code' AND a.text = t.area_code
LEFT JOIN upload_lookup i ON i.field = 'indicator' AND i.text = t.indicator
LEFT JOIN upload_lookup p ON p.field = 'period' AND p.text = t.period
LEFT JOIN upload_lookup n ON n.field = 'note' AND n.text = t.note
LEFT JOIN upload_lookup nn ON nn.field = 'note' AND nn.text = t.numerator
LEFT JOIN upload_lookup nv ON nv.field = 'note' AND nv.text = t.value
LEFT JOIN upload_lookup nd ON nd.field = 'note' AND nd.text = t.denominator
LEFT JOIN upload_definition d ON d.key = i.key
