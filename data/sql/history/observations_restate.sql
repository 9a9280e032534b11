-- The upload's rows that say again what a stored row says: they add no fact, but stand for it should that row be withdrawn.
INSERT INTO restatement
SELECT $submission::UUID, c.row, o.submission, o.submission_row
FROM upload_state c
JOIN upload u USING (row)
JOIN observation o
    USING (indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation)
WHERE c.state = 'unchanged' AND o.until_version IS NULL AND o.submission <> $submission::UUID
