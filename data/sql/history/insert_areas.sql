-- Every area that the upload speaks of, also where it says nothing new of it.
INSERT INTO submission_area SELECT DISTINCT $submission::UUID, area_code FROM upload
