-- How many lines the audit trail has: one more with everything that anybody writes.
SELECT coalesce(max(lines), 0) AS lines FROM audit_head
