DELETE FROM rewrite_due
