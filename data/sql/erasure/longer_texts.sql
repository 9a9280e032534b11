-- How many other texts hold this one among more words.
SELECT count(DISTINCT text) AS texts FROM stored_text WHERE contains(text, $text) AND text <> $text
