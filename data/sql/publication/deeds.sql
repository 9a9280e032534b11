-- How much has been done in this store: a number that grows with whatever may change what a version shows.
SELECT coalesce(max(lines), 0) AS deeds FROM audit_head
