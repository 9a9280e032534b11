INSERT INTO approval_setting BY NAME
SELECT $area_code AS area_code, $needed AS needed, $made_by AS made_by, $made_at AS made_at
