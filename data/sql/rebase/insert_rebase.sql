INSERT INTO rebase (id, indicator, area_code, period_end, reason, made_by, made_at, version)
VALUES ($id::UUID, $indicator, $area, $period_end, $reason, $made_by, $made_at, $version)
