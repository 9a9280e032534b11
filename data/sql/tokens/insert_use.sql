INSERT INTO token_use (token, used_on) VALUES ($id, $used_on)
