-- What areas replied to a review: the newest of each area and commitment, or every one; those to the whole review first.
-- None where they are not $shown to the person asking.
SELECT area_code, commitment, reply, made_by, made_at FROM reply
WHERE review = $review::UUID AND coalesce(at_version, 0) <= $version AND $shown
QUALIFY $every OR row_number() OVER (PARTITION BY area_code, commitment ORDER BY made_at DESC NULLS LAST) = 1
ORDER BY commitment, area_code, made_at DESC
