SELECT u.row, 'visibility' AS "column", t.visibility AS value FROM upload u JOIN upload_text t USING (row)
WHERE u.visibility = 'public' AND u.quote IS NOT NULL AND NOT u.consent_to_publish
