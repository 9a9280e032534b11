INSERT INTO adaptation (
    id, commitment, area_code, kind, review, description, evidence, effect, changed_on, state, change_reason, invented,
    made_by, made_at, at_version
)
VALUES (
    $id::UUID, $commitment, $area_code, $kind, $review::UUID, $description, $evidence, $effect, $changed_on, $state,
    $change_reason, $invented, $made_by, $made_at, $at_version
)
