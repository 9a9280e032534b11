-- The facts of a submission that hold now, each beside what would hold in its place once the submission ends: what the
-- latest other submission that has not ended said of the same fact, in a row of its own or by repeating another's.
CREATE OR REPLACE TEMP TABLE ending AS
WITH going AS (
    SELECT * FROM observation WHERE submission = $submission::UUID AND until_version IS NULL
),
standing AS (
    SELECT s.id, s.version FROM submission s ANTI JOIN submission_end e ON e.submission = s.id
    WHERE s.id <> $submission::UUID
),
said AS (
    SELECT o.*, o.submission AS said_by, o.submission_row AS said_in FROM observation o
    UNION ALL
    SELECT o.*, r.submission, r.submission_row
    FROM restatement r JOIN observation o ON o.submission = r.of_submission AND o.submission_row = r.of_row
),
latest AS (
    SELECT said.* FROM said JOIN standing ON standing.id = said.said_by
    SEMI JOIN going USING (indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation)
    QUALIFY row_number() OVER (
        PARTITION BY indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation
        ORDER BY standing.version DESC, said.from_version DESC
    ) = 1
)
SELECT
    g.submission_row AS row,
    CASE
        WHEN l.said_by IS NULL THEN 'withdrawn'
        WHEN l.numerator IS NOT DISTINCT FROM g.numerator AND l.denominator IS NOT DISTINCT FROM g.denominator
            AND l.value IS NOT DISTINCT FROM g.value AND l.lower IS NOT DISTINCT FROM g.lower
            AND l.upper IS NOT DISTINCT FROM g.upper AND l.note IS NOT DISTINCT FROM g.note
            AND l.comment IS NOT DISTINCT FROM g.comment THEN 'kept'
        ELSE 'restored'
    END AS state,
    indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation,
    g.numerator AS old_numerator, g.denominator AS old_denominator, g.value AS old_value, g.note AS old_note,
    l.numerator, l.denominator, l.value, l.lower, l.upper, l.note, l.comment, l.said_by, l.said_in
FROM going g
LEFT JOIN latest l USING (indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation)
