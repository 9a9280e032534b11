-- The upload's rows that say again what a stored row says: they add no fact, but stand for it should that row be withdrawn.
INSERT INTO restatement
SELECT $submission::UUID, c.row, i.submission, i.submission_row
FROM upload_state c
JOIN upload u USING (row)
JOIN insight i
    USING (commitment, area_code, period_start, period_end, perspective, organisation, method, source_reference)
WHERE c.state = 'unchanged' AND i.until_version IS NULL AND i.submission <> $submission::UUID
