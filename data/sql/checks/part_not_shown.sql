-- One line for each of the two columns: there may be as many such rows as there are rows.
WITH parts AS (
    SELECT row, CASE WHEN breakdown <> '' THEN 'breakdown' ELSE 'organisation' END AS "column",
        CASE WHEN breakdown <> '' THEN breakdown ELSE organisation END AS value
    FROM upload WHERE (breakdown <> '' AND breakdown_type <> '') OR organisation <> ''
)
SELECT min(row) AS row, "column", arg_min(value, row) AS value,
    format('{:,} row', count(*)) || CASE WHEN count(*) > 1 THEN 's' ELSE '' END AS detail
FROM parts GROUP BY "column"
