-- A tombstone in place of a text, wherever exactly it stands and in every version. In the columns
-- that tell facts apart the tombstone carries a number, so that two facts never become one.
UPDATE insight SET
    organisation = CASE WHEN organisation = $text THEN $numbered ELSE organisation END,
    source_reference = CASE WHEN source_reference = $text THEN $numbered ELSE source_reference END,
    summary = CASE WHEN summary = $text THEN $tombstone ELSE summary END,
    quote = CASE WHEN quote = $text THEN $tombstone ELSE quote END,
    barriers = CASE WHEN barriers = $text THEN $tombstone ELSE barriers END,
    enablers = CASE WHEN enablers = $text THEN $tombstone ELSE enablers END,
    not_heard = CASE WHEN not_heard = $text THEN $tombstone ELSE not_heard END
WHERE $text IN (organisation, source_reference, summary, quote, barriers, enablers, not_heard)
