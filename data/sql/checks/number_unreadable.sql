-- What is no number and no known note; those texts were looked up, so that their rows are sought only where there are any.
WITH unread AS (
    SELECT row, 'numerator' AS "column", numerator_text AS value FROM upload_cells
    WHERE numerator IS NULL AND numerator_text IS NOT NULL
    UNION ALL SELECT row, 'denominator', denominator_text FROM upload_cells
    WHERE denominator IS NULL AND denominator_text IS NOT NULL
    UNION ALL SELECT row, 'value', value_text FROM upload_cells WHERE value IS NULL AND value_text IS NOT NULL
    UNION ALL SELECT row, 'lower', lower_text FROM upload_cells WHERE lower IS NULL AND lower_text IS NOT NULL
    UNION ALL SELECT row, 'upper', upper_text FROM upload_cells WHERE upper IS NULL AND upper_text IS NOT NULL
)
SELECT c.row, c."column", c.value,
    CASE
        WHEN regexp_matches(c.value, '^[\d,.]*[oO][\d,.oO]*$') THEN 'the letter O stands among digits'
        WHEN regexp_matches(c.value, '^[\d,.]*[lI][\d,.lI]*$') THEN 'a letter stands for the digit 1'
        WHEN regexp_matches(c.value, '^-?\d+,\d{1,2}$') THEN 'a comma stands for the decimal point'
        WHEN regexp_matches(c.value, '[%£]') THEN 'a unit stands in the cell'
        WHEN regexp_matches(c.value, '\d\s+\d') THEN 'a space stands among digits'
        WHEN regexp_matches(c.value, '^[\x{2010}-\x{2015}\x{2212}]\s*[\d,.]+$') THEN 'a dash stands where a hyphen is read as minus'
        WHEN regexp_matches(c.value, '\d[\x{A0}\x{2007}\x{2009}\x{202F}]+\d') THEN 'a no-break space stands among digits'
        ELSE 'not a number'
    END AS detail
FROM unread c JOIN upload_lookup l ON l.field = 'note' AND l.text = c.value AND l.key IS NULL
