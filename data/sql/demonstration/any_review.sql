SELECT id FROM review WHERE invented ORDER BY held_on, id LIMIT 1
