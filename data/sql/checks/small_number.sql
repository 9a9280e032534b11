-- The counts that the rule hides: numerators of people or events, and the numbers of people that a share or a mean is of.
WITH ruled AS (
    SELECT key, measure, CAST(regexp_extract(disclosure, '^threshold_(\d+)$', 1) AS INTEGER) AS most
    FROM upload_definition WHERE disclosure LIKE 'threshold_%'
)
SELECT u.row, 'numerator' AS "column", '' AS value, CAST(r.most AS VARCHAR) AS detail
FROM upload u JOIN ruled r ON r.key = u.indicator
WHERE u.numerator > 0 AND u.numerator <= r.most AND r.measure NOT IN ('mean', 'index')
UNION ALL
SELECT u.row, 'denominator', '', CAST(r.most AS VARCHAR)
FROM upload u JOIN ruled r ON r.key = u.indicator
WHERE u.denominator > 0 AND u.denominator <= r.most AND r.measure IN ('proportion', 'mean')
