-- How many lines the audit trail has: one more with everything that anybody writes.
SELECT count(*) AS lines FROM audit
