-- Where the audit trail ends. One row; none, or several, only where somebody changed the store from outside.
SELECT lines, chain FROM audit_head
