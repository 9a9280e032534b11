-- A note may stand in the cell of a number, too.
SELECT row,
    CASE
        WHEN note_text IS NOT NULL THEN 'note'
        WHEN numerator_text IS NOT NULL AND numerator IS NULL THEN 'numerator'
        WHEN value_text IS NOT NULL AND value IS NULL THEN 'value'
        ELSE 'denominator'
    END AS "column",
    CASE "column" WHEN 'note' THEN note_text WHEN 'numerator' THEN numerator_text WHEN 'value' THEN value_text
        ELSE denominator_text END AS value
FROM upload_cells
WHERE note IN ('x', 'z', 'c') AND (numerator IS NOT NULL OR value IS NOT NULL)
