INSERT INTO practice (
    id, area_code, title, topics, themes, commitments, started_on, partners, done, reported, measured, strength, source, state,
    change_reason, invented, made_by, made_at, at_version
)
VALUES (
    $id::UUID, $area_code, $title, $topics, $themes, $commitments, $started_on, $partners, $done, $reported, $measured,
    $strength, $source, $state, $change_reason, $invented, $made_by, $made_at, $at_version
)
