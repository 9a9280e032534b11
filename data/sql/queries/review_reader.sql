-- Who is asking, seen from a review: whether it was closed at a version, whether its group's own notes are for this person,
-- and whether an area that the person reports for lies in its scope. No row where there is no such review.
WITH RECURSIVE holding AS (
    SELECT code, parent FROM area WHERE until_version IS NULL AND list_contains($own_areas, code)
    UNION
    SELECT p.code, p.parent FROM area p JOIN holding h ON p.code = h.parent WHERE p.until_version IS NULL
)
SELECT
    state = 'closed' AND coalesce(ended_version, 0) <= $version AS closed,
    $sees_steering OR list_contains($scope, area_code) AS of_group,
    area_code IN (SELECT code FROM holding) AS answers
FROM review WHERE id = $review::UUID
