-- What counts now of each person and group: the newest row, also of those that were ended.
SELECT kind, who, role, areas, state, reason, invented, made_by, made_at FROM role_given
WHERE ($kind IS NULL OR kind = $kind) AND ($names IS NULL OR list_contains($names, who))
QUALIFY row_number() OVER (PARTITION BY kind, who ORDER BY made_at DESC) = 1
ORDER BY kind DESC, state = 'ended', who
