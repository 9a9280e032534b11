-- What was set last for each area, or for those that are asked for.
SELECT area_code, needed, made_by, made_at FROM approval_setting
WHERE $areas IS NULL OR list_contains($areas, area_code)
QUALIFY row_number() OVER (PARTITION BY area_code ORDER BY made_at DESC) = 1
ORDER BY area_code
