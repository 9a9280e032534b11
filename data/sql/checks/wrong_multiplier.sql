SELECT s.row, CASE WHEN t.value IS NULL THEN 'numerator' ELSE 'value' END AS "column",
    coalesce(t.value, t.numerator) AS value,
    'it looks ' || format('{:,}', CAST(pow(10, abs(s.power)) AS BIGINT)) || ' times too '
    || CASE WHEN s.power > 0 THEN 'large' ELSE 'small' END
    || CASE
        WHEN s.median IS NULL THEN ', as every share of this indicator in the file is between 0 and 1'
        ELSE ' beside the area’s other figures, which lie around ' || shown(s.median)
    END AS detail
FROM upload_scale s JOIN upload_text t USING (row)
