-- The rows of the upload whose evidence is stored already: changed or unchanged. All others are new.
CREATE OR REPLACE TEMP TABLE upload_state AS
SELECT
    u.row,
    CASE
        WHEN u.sector IS NOT DISTINCT FROM s.sector AND u.participants IS NOT DISTINCT FROM s.participants
            AND u.grade IS NOT DISTINCT FROM s.grade AND u.direction IS NOT DISTINCT FROM s.direction
            AND u.summary IS NOT DISTINCT FROM s.summary AND u.quote IS NOT DISTINCT FROM s.quote
            AND u.consent_to_publish = s.consent_to_publish AND u.visibility = s.visibility
            AND u.barriers IS NOT DISTINCT FROM s.barriers AND u.enablers IS NOT DISTINCT FROM s.enablers
            AND u.not_heard IS NOT DISTINCT FROM s.not_heard THEN 'unchanged'
        ELSE 'changed'
    END AS state
FROM upload u
JOIN (SELECT * FROM insight WHERE until_version IS NULL) s
    USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
