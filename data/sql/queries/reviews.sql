-- Reviews of a scope, newest first.
SELECT id, area_code, title, held_on, state, version, as_of, invented FROM review
WHERE area_code = $area ORDER BY held_on DESC, id
