-- Every area that a submission speaks of. Files stored before their areas were noted tell them by their facts.
SELECT area_code FROM submission_area WHERE submission = $submission::UUID
UNION SELECT area_code FROM observation WHERE submission = $submission::UUID
UNION SELECT area_code FROM insight WHERE submission = $submission::UUID
ORDER BY area_code
