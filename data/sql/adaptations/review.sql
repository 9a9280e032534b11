SELECT area_code FROM review WHERE id = $id::UUID
