-- A comma before three digits is read as one between thousands. Programs whose decimal mark is a comma separate cells by
-- semicolons, and no number with thousands begins with 0; a second comma or a point leaves no doubt.
WITH cells AS (
    SELECT row, 'numerator' AS "column", numerator_text AS value, numerator AS number FROM upload_cells
    WHERE contains(numerator_text, ',')
    UNION ALL SELECT row, 'denominator', denominator_text, denominator FROM upload_cells WHERE contains(denominator_text, ',')
    UNION ALL SELECT row, 'value', value_text, value FROM upload_cells WHERE contains(value_text, ',')
    UNION ALL SELECT row, 'lower', lower_text, lower FROM upload_cells WHERE contains(lower_text, ',')
    UNION ALL SELECT row, 'upper', upper_text, upper FROM upload_cells WHERE contains(upper_text, ',')
)
SELECT c.row, c."column", c.value, whole_text(c.number) AS detail
FROM cells c CROSS JOIN upload_file f
WHERE c.number IS NOT NULL AND regexp_full_match(c.value, '[-+]?\d{1,3},\d{3}')
    AND (f.separator = ';' OR regexp_matches(c.value, '^[-+]?0'))
