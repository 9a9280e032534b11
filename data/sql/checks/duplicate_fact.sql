-- Reported on the later row; the detail names the first.
WITH numbered AS (
    SELECT row, first_value(row) OVER facts AS first_row
    FROM upload
    WHERE area_code IS NOT NULL AND indicator IS NOT NULL AND period_start IS NOT NULL
    WINDOW facts AS (
        PARTITION BY indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation ORDER BY row
    )
)
SELECT row, '' AS "column", '' AS value, CAST(first_row AS VARCHAR) AS detail FROM numbered WHERE row <> first_row
