-- Judgements of a review as they were known at a version: the newest of each commitment, or every one, newest first. None
-- where they are not $shown to the person asking; dissent only for those who may read the group's own notes.
SELECT commitment, grade, reason, confidence, CASE WHEN $of_group THEN dissent END AS dissent, made_by, made_at
FROM judgement
WHERE review = $review::UUID AND coalesce(at_version, 0) <= $version AND $shown
QUALIFY $every OR row_number() OVER (PARTITION BY commitment ORDER BY made_at DESC NULLS LAST) = 1
ORDER BY commitment, made_at DESC NULLS LAST, grade, reason
