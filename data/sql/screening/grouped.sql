-- What the checks found, rows alike together. Beyond the first groups of a check the rest of a column is one group.
WITH found AS (
all_of_them
),
alike AS (
    SELECT query, "column", coalesce(value, '') AS value, coalesce(detail, '') AS detail, list(row ORDER BY row) AS rows
    FROM found GROUP BY ALL
),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY query ORDER BY rows[1], "column", value, detail) > 200 AS further FROM alike
)
SELECT
    query,
    "column",
    CASE WHEN NOT further THEN value END AS value,
    CASE WHEN NOT further THEN detail END AS detail,
    list_sort(list_distinct(flatten(list(rows)))) AS rows,
    count(*) AS different
FROM numbered
GROUP BY ALL
ORDER BY query, min(rows[1]), "column"
