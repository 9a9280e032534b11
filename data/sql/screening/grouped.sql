-- What a check found (the view `found`), rows alike together. Beyond the first groups the rest of a column is one group.
WITH alike AS (
    SELECT "column", coalesce(value, '') AS value, coalesce(detail, '') AS detail, list(row ORDER BY row) AS rows
    FROM (FROM found UNION ALL BY NAME SELECT CAST(NULL AS VARCHAR) AS detail WHERE false)
    GROUP BY ALL
),
numbered AS (
    SELECT *, row_number() OVER (ORDER BY rows[1], "column", value, detail) > 200 AS further FROM alike
)
SELECT
    "column",
    CASE WHEN NOT further THEN value END AS value,
    CASE WHEN NOT further THEN detail END AS detail,
    list_sort(list_distinct(flatten(list(rows)))) AS rows,
    count(*) AS different
FROM numbered
GROUP BY ALL
ORDER BY min(rows[1]), "column"
