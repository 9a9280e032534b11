-- What identifiers in the audit trail stand for today, as far as it is still there: of what was saved several times the newest.
SELECT id::VARCHAR AS id, 'file' AS kind, file_name AS words FROM submission WHERE list_contains($ids, id::VARCHAR)
UNION ALL SELECT id::VARCHAR, 'review', title FROM review WHERE list_contains($ids, id::VARCHAR)
UNION ALL SELECT id::VARCHAR, 'action', coalesce(arg_max(description, made_at), any_value(description))
FROM action WHERE list_contains($ids, id::VARCHAR) GROUP BY id
UNION ALL SELECT id::VARCHAR, 'adaptation', arg_max(description, made_at)
FROM adaptation WHERE list_contains($ids, id::VARCHAR) GROUP BY id
UNION ALL SELECT id::VARCHAR, 'practice', arg_max(title, made_at) FROM practice WHERE list_contains($ids, id::VARCHAR) GROUP BY id
UNION ALL SELECT id::VARCHAR, 'token', arg_max(label, made_at) FROM token WHERE list_contains($ids, id::VARCHAR) GROUP BY id
UNION ALL SELECT id::VARCHAR, 'control chart', concat_ws(' ', any_value(indicator), any_value(area_code))
FROM rebase WHERE list_contains($ids, id::VARCHAR) GROUP BY id
