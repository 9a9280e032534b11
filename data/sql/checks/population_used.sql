SELECT row, 'denominator' AS "column", '' AS value, 'mid-' || mid_year AS detail
FROM upload_estimate WHERE mid_year IS NOT NULL
