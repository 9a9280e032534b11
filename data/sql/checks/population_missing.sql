-- The estimate used is the latest not after the middle of the period and at most two years older.
SELECT u.row, 'period' AS "column", t.period AS value
FROM upload u
JOIN upload_text t USING (row)
ASOF LEFT JOIN upload_population p
    ON p.area_code = u.area_code
    AND make_date(p.mid_year, 6, 30) <= u.period_start + CAST((u.period_end - u.period_start + 1) // 2 AS INTEGER)
WHERE u.resident_population AND u.numerator IS NOT NULL AND u.area_code IN (SELECT area_code FROM upload_population)
    AND (p.mid_year IS NULL
        OR make_date(p.mid_year + 2, 6, 30) < u.period_start + CAST((u.period_end - u.period_start + 1) // 2 AS INTEGER))
