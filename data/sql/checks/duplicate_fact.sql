-- Reported on the later row; the detail names the first. What stands twice is sought first, by the number of its series.
WITH repeated AS (
    SELECT series, period_start, period_end FROM upload_figure WHERE row IS NOT NULL GROUP BY ALL HAVING count(*) > 1
),
numbered AS (
    SELECT u.row, first_value(u.row) OVER facts AS first_row, first_value(u.sheet_row) OVER facts AS first_sheet_row
    FROM upload_figure f
    JOIN repeated USING (series, period_start, period_end)
    JOIN upload u USING (row)
    WINDOW facts AS (
        PARTITION BY u.indicator, u.area_code, u.period_start, u.period_end, u.breakdown_type, u.breakdown, u.organisation
        ORDER BY u.row
    )
)
SELECT row, '' AS "column", '' AS value, CAST(first_sheet_row AS VARCHAR) AS detail FROM numbered WHERE row <> first_row
