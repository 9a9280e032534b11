INSERT INTO role_given (kind, who, role, areas, state, reason, invented, made_by, made_at)
VALUES ($kind, $who, $role, $areas, $state, $reason, $invented, $made_by, $made_at)
