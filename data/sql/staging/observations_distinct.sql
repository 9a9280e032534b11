-- Each different text once, with the field it stands in, to be looked up outside; notes also stand in number cells.
SELECT 'area_code' AS field, area_code AS text FROM upload_text GROUP BY ALL
UNION ALL SELECT 'area_name', area_name FROM upload_text GROUP BY ALL
UNION ALL SELECT 'indicator', indicator FROM upload_text GROUP BY ALL
UNION ALL SELECT 'period', period FROM upload_text GROUP BY ALL
UNION ALL SELECT 'note', note FROM (
    SELECT note FROM upload_text
    UNION SELECT numerator FROM upload_text WHERE cell_number(numerator) IS NULL
    UNION SELECT denominator FROM upload_text WHERE cell_number(denominator) IS NULL
    UNION SELECT value FROM upload_text WHERE cell_number(value) IS NULL
    UNION SELECT lower FROM upload_text WHERE cell_number(lower) IS NULL
    UNION SELECT upper FROM upload_text WHERE cell_number(upper) IS NULL
)
