-- Every saving of every role, as `people/insert_role_given` takes it.
SELECT kind, who, role, areas, state, reason, invented, made_by, made_at FROM role_given
