-- Stored texts with these words, however they are spaced, up to a number of them; one that is nothing else comes first.
WITH words AS (SELECT trim(regexp_replace(lower($words), '\s+', ' ', 'g')) AS sought),
spaced AS (SELECT DISTINCT text, trim(regexp_replace(lower(text), '\s+', ' ', 'g')) AS plain FROM stored_text)
SELECT text FROM spaced, words
WHERE contains(plain, sought) AND NOT starts_with(text, $tombstones)
ORDER BY plain <> sought, length(text), text
LIMIT $most
