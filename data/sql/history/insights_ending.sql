-- The evidence of a submission that holds now, each piece beside what would hold in its place once the submission ends:
-- what the latest other submission that has not ended said, in a row of its own or by repeating another's.
CREATE OR REPLACE TEMP TABLE ending AS
WITH going AS (
    SELECT * FROM insight WHERE submission = $submission::UUID AND until_version IS NULL
),
standing AS (
    SELECT s.id, s.version FROM submission s ANTI JOIN submission_end e ON e.submission = s.id
    WHERE s.id <> $submission::UUID
),
said AS (
    SELECT i.*, i.submission AS said_by, i.submission_row AS said_in FROM insight i
    UNION ALL
    SELECT i.*, r.submission, r.submission_row
    FROM restatement r JOIN insight i ON i.submission = r.of_submission AND i.submission_row = r.of_row
),
latest AS (
    SELECT said.* FROM said JOIN standing ON standing.id = said.said_by
    SEMI JOIN going
        USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
    QUALIFY row_number() OVER (
        PARTITION BY commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference
        ORDER BY standing.version DESC, said.from_version DESC
    ) = 1
)
SELECT
    g.submission_row AS row,
    CASE
        WHEN l.said_by IS NULL THEN 'withdrawn'
        WHEN l.sector IS NOT DISTINCT FROM g.sector AND l.participants IS NOT DISTINCT FROM g.participants
            AND l.grade IS NOT DISTINCT FROM g.grade AND l.direction IS NOT DISTINCT FROM g.direction
            AND l.summary IS NOT DISTINCT FROM g.summary AND l.quote IS NOT DISTINCT FROM g.quote
            AND l.consent_to_publish = g.consent_to_publish AND l.visibility = g.visibility
            AND l.barriers IS NOT DISTINCT FROM g.barriers AND l.enablers IS NOT DISTINCT FROM g.enablers
            AND l.not_heard IS NOT DISTINCT FROM g.not_heard THEN 'kept'
        ELSE 'restored'
    END AS state,
    commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference,
    g.grade AS old_grade, g.summary AS old_summary,
    l.sector, l.participants, l.grade, l.direction, l.summary, l.quote, l.consent_to_publish, l.visibility,
    l.barriers, l.enablers, l.not_heard, l.said_by, l.said_in
FROM going g
LEFT JOIN latest l
    USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
