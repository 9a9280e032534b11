SELECT row, 'value' AS "column", value_text AS value, CAST(CAST(multiplier AS INTEGER) AS VARCHAR) AS detail
FROM upload WHERE measure = 'proportion' AND numerator IS NULL AND value > multiplier
