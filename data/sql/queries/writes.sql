-- How often anything was written; every deed leaves a line.
SELECT count(*) AS writes FROM audit
