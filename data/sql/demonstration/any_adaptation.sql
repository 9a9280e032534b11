SELECT id FROM adaptation WHERE invented LIMIT 1
