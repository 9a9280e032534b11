SELECT row, 'numerator' AS "column", CAST(numerator AS VARCHAR) AS value FROM upload
WHERE numerator <> floor(numerator) AND measure IN ('proportion', 'rate', 'count')
