-- Reported on the later row; the detail names the first. What stands twice is sought first, since it is little.
WITH repeated AS (
    SELECT commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference
    FROM upload
    WHERE area_code IS NOT NULL AND commitment IS NOT NULL AND period_start IS NOT NULL AND perspective IS NOT NULL
    GROUP BY ALL
    HAVING count(*) > 1
),
numbered AS (
    SELECT row, first_value(row) OVER facts AS first_row, first_value(sheet_row) OVER facts AS first_sheet_row
    FROM upload
    JOIN repeated USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
    WINDOW facts AS (
        PARTITION BY commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference
        ORDER BY row
    )
)
SELECT row, '' AS "column", '' AS value, CAST(first_sheet_row AS VARCHAR) AS detail FROM numbered WHERE row <> first_row
