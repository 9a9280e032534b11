SELECT max(used_on) AS used_on FROM token_use WHERE token = $id
