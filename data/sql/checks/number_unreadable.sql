WITH cells AS (
    SELECT row, 'numerator' AS "column", numerator AS value FROM upload_text
    UNION ALL SELECT row, 'denominator', denominator FROM upload_text
    UNION ALL SELECT row, 'value', value FROM upload_text
    UNION ALL SELECT row, 'lower', lower FROM upload_text
    UNION ALL SELECT row, 'upper', upper FROM upload_text
)
SELECT c.row, c."column", c.value,
    CASE
        WHEN regexp_matches(c.value, '^[\d,.]*[oO][\d,.oO]*$') THEN 'the letter O stands among digits'
        WHEN regexp_matches(c.value, '^[\d,.]*[lI][\d,.lI]*$') THEN 'a letter stands for the digit 1'
        WHEN regexp_matches(c.value, '^-?\d+,\d{1,2}$') THEN 'a comma stands for the decimal point'
        WHEN regexp_matches(c.value, '[%£]') THEN 'a unit stands in the cell'
        WHEN regexp_matches(c.value, '\d\s+\d') THEN 'a space stands among digits'
        ELSE 'not a number'
    END AS detail
FROM cells c JOIN upload_lookup l ON l.field = 'note' AND l.text = c.value AND l.key IS NULL
WHERE cell_number(c.value) IS NULL
