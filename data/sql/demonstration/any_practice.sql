SELECT id FROM practice WHERE invented LIMIT 1
