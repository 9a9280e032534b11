-- A target that was changed ended for the reason of the one that stands instead.
UPDATE target SET end_reason = 'Changed: ' || $tombstone WHERE end_reason = 'Changed: ' || $text
