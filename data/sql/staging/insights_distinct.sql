-- Each different text once, with the field it stands in, to be looked up outside.
SELECT 'area_code' AS field, area_code AS text FROM upload_text GROUP BY ALL
UNION ALL SELECT 'area_name', area_name FROM upload_text GROUP BY ALL
UNION ALL SELECT 'commitment', commitment FROM upload_text GROUP BY ALL
UNION ALL SELECT 'period', period FROM upload_text GROUP BY ALL
UNION ALL SELECT 'perspective', perspective FROM upload_text GROUP BY ALL
UNION ALL SELECT 'sector', sector FROM upload_text GROUP BY ALL
UNION ALL SELECT 'method', method FROM upload_text GROUP BY ALL
UNION ALL SELECT 'direction', direction FROM upload_text GROUP BY ALL
UNION ALL SELECT 'consent_to_publish', consent_to_publish FROM upload_text GROUP BY ALL
UNION ALL SELECT 'visibility', visibility FROM upload_text GROUP BY ALL
