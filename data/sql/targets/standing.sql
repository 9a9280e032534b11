-- The target that stands for an indicator, an area (null: every area) and a day.
SELECT value, due, agreed_by, reason, from_version FROM target
WHERE indicator = $indicator AND area_code IS NOT DISTINCT FROM $area_code AND due = $due AND until_version IS NULL
