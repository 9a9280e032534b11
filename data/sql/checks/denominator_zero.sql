SELECT row, 'denominator' AS "column", '0' AS value FROM upload
WHERE denominator = 0 AND measure IN ('proportion', 'rate')
