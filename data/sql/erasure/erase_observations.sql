-- A tombstone in place of a text, wherever exactly it stands and in every version. In the columns
-- that tell facts apart the tombstone carries a number, so that two facts never become one.
UPDATE observation SET
    organisation = CASE WHEN organisation = $text THEN $numbered ELSE organisation END,
    breakdown_type = CASE WHEN breakdown_type = $text THEN $numbered ELSE breakdown_type END,
    breakdown = CASE WHEN breakdown = $text THEN $numbered ELSE breakdown END,
    comment = CASE WHEN comment = $text THEN $tombstone ELSE comment END
WHERE $text IN (organisation, breakdown_type, breakdown, comment)
