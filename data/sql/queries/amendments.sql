-- How many texts were erased, and how many times a second person has checked one.
SELECT (SELECT count(*) FROM erasure) AS erasures, (SELECT count(*) FROM public_check) AS checks
