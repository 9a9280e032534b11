SELECT DISTINCT area_code FROM upload
