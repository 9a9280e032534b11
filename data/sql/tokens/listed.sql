-- Every token as it is now: who made it and when, when it was last used, and who withdrew it. Standing ones first.
SELECT
    t.id, t.kind, t.area_code, coalesce(a.name, t.area_code) AS area_name, t.label, t.ends_on,
    first(t.made_by ORDER BY t.made_at) AS made_by,
    min(t.made_at) AS made_at,
    arg_max(t.state, t.made_at) AS state,
    max(t.made_by) FILTER (t.state = 'withdrawn') AS withdrawn_by,
    max(t.made_at) FILTER (t.state = 'withdrawn') AS withdrawn_at,
    (SELECT max(u.used_on) FROM token_use u WHERE u.token = t.id) AS used_on
FROM token t
LEFT JOIN area a ON a.code = t.area_code AND a.until_version IS NULL
GROUP BY t.id, t.kind, t.area_code, a.name, t.label, t.ends_on
ORDER BY arg_max(t.state, t.made_at), lower(t.label), t.id
