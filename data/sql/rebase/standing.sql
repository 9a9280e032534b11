SELECT made_by, made_at FROM rebase
WHERE indicator = $indicator AND area_code = $area AND period_end = $period_end AND ended_version IS NULL
ORDER BY made_at
