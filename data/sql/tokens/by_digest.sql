-- The newest saving of the token with this digest, with its area's name today.
SELECT t.id, t.kind, t.area_code, t.label, t.digest, t.ends_on, t.state, a.name AS area_name
FROM token t
LEFT JOIN area a ON a.code = t.area_code AND a.until_version IS NULL
WHERE t.digest = $digest
ORDER BY t.made_at DESC
LIMIT 1
