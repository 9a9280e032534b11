-- The open review of a scope, if there is one.
SELECT id, title, recorded_by, recorded_at FROM review WHERE area_code = $area AND state = 'open'
