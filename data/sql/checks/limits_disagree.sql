SELECT row, 'lower' AS "column", CAST(lower AS VARCHAR) AS value FROM upload
WHERE lower > upper OR lower > value OR upper < value OR (lower IS NULL) <> (upper IS NULL)
