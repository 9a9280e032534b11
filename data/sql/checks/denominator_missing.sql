SELECT row, 'denominator' AS "column", '' AS value
FROM upload_cells
WHERE measure IN ('proportion', 'rate', 'mean') AND NOT resident_population
    AND numerator IS NOT NULL AND denominator_text IS NULL AND value_text IS NULL
