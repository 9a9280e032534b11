-- Touches the one row that every writer touches, so that two at the same moment conflict and one is told to try again.
UPDATE current_version SET version = version
