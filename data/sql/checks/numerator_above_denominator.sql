SELECT row, 'numerator' AS "column", CAST(numerator AS VARCHAR) AS value, CAST(denominator AS VARCHAR) AS detail
FROM upload WHERE measure = 'proportion' AND numerator > denominator AND denominator > 0
