-- One row that every accepted change updates: two changes at the same moment conflict here, and one of them tries again.
UPDATE current_version SET version = version + 1
