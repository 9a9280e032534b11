SELECT count(*) AS due FROM rewrite_due
