-- Every piece of evidence of every version with who may read it. What an area marks as public is for steering groups until
-- another person than its sender has agreed. A check holds for every row that says the very same, so that it outlives a
-- correction that leaves the row as it was and no other.
WITH held AS (
    SELECT i.*, row(
        commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference, sector,
        participants, grade, direction, summary, quote, consent_to_publish, barriers, enablers, not_heard
    ) AS said
    FROM insight i
),
checked AS (
    SELECT h.said, c.state, c.reason, c.made_by, c.made_at
    FROM public_check c
    JOIN (SELECT DISTINCT submission, submission_row, said FROM held WHERE visibility = 'public') h
        USING (submission, submission_row)
    QUALIFY row_number() OVER (PARTITION BY h.said ORDER BY c.made_at DESC) = 1
)
SELECT
    h.* EXCLUDE (said)
    REPLACE (if(h.visibility = 'public' AND c.state IS DISTINCT FROM 'agreed', 'steering', h.visibility) AS visibility),
    h.visibility AS marked, c.state AS check_state, c.reason AS check_reason, c.made_by AS checked_by,
    c.made_at AS checked_at
FROM held h LEFT JOIN checked c ON h.visibility = 'public' AND c.said = h.said
