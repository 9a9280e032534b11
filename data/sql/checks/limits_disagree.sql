SELECT row,
    CASE WHEN upper_text IS NULL OR upper < value THEN 'upper' ELSE 'lower' END AS "column",
    coalesce(CASE "column" WHEN 'upper' THEN upper_text ELSE lower_text END, '') AS value
FROM upload_cells
WHERE lower > upper OR lower > value OR upper < value OR (lower_text IS NULL) <> (upper_text IS NULL)
