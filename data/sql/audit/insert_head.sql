-- The one row that every line of the audit trail changes. It comes with the tables, before the first line; one that was taken
-- away from a trail with lines is not made anew.
INSERT INTO audit_head SELECT 0, '' WHERE NOT EXISTS (FROM audit_head) AND NOT EXISTS (FROM audit WHERE number IS NOT NULL)
