SELECT row, 'visibility' AS "column", visibility AS value FROM upload
WHERE visibility = 'public' AND quote IS NOT NULL AND NOT consent_to_publish
