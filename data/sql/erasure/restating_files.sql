-- The submissions that only repeat a row.
SELECT DISTINCT submission FROM restatement WHERE of_submission = $submission::UUID AND of_row = $submission_row
