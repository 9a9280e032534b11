-- What holds in place of an ended submission's evidence, under the submission and row that said it.
INSERT INTO insight
SELECT
    commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference,
    sector, participants, grade, direction, summary, quote, consent_to_publish, visibility,
    barriers, enablers, not_heard, said_by, said_in, $version, NULL
FROM ending WHERE said_by IS NOT NULL
