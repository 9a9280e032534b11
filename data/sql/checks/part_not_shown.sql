SELECT row, CASE WHEN breakdown <> '' THEN 'breakdown' ELSE 'organisation' END AS "column",
    CASE WHEN breakdown <> '' THEN breakdown ELSE organisation END AS value
FROM upload WHERE (breakdown <> '' AND breakdown_type <> '') OR organisation <> ''
