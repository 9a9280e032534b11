SELECT row, 'denominator' AS "column", '' AS value FROM upload WHERE resident_population AND denominator IS NOT NULL
