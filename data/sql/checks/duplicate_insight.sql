-- Reported on the later row; the detail names the first.
WITH numbered AS (
    SELECT row, first_value(row) OVER pieces AS first_row
    FROM upload
    WHERE area_code IS NOT NULL AND commitment IS NOT NULL AND period_start IS NOT NULL AND perspective IS NOT NULL
    WINDOW pieces AS (
        PARTITION BY commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference
        ORDER BY row
    )
)
SELECT row, '' AS "column", '' AS value, CAST(first_row AS VARCHAR) AS detail FROM numbered WHERE row <> first_row
