-- A comma before three digits is read as one between thousands. Programs whose decimal mark is a comma separate cells by
-- semicolons, and no number with thousands begins with 0; a second comma or a point leaves no doubt. Texts that their numbers give back
-- hold no comma, so only those that are held are looked at.
WITH cells AS (
    SELECT row, 'numerator' AS "column", numerator AS value, numerator_number AS number FROM upload_columns
    WHERE contains(numerator, ',')
    UNION ALL SELECT row, 'denominator', denominator, denominator_number FROM upload_columns WHERE contains(denominator, ',')
    UNION ALL SELECT row, 'value', value, value_number FROM upload_columns WHERE contains(value, ',')
    UNION ALL SELECT row, 'lower', lower, lower_number FROM upload_columns WHERE contains(lower, ',')
    UNION ALL SELECT row, 'upper', upper, upper_number FROM upload_columns WHERE contains(upper, ',')
)
SELECT c.row, c."column", c.value, whole_text(c.number) AS detail
FROM cells c CROSS JOIN upload_file f
WHERE c.number IS NOT NULL AND regexp_full_match(c.value, '[-+]?\d{1,3},\d{3}')
    AND (f.separator = ';' OR regexp_matches(c.value, '^[-+]?0'))
