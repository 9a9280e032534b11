-- A tombstone in place of a text in one column of what people wrote, wherever exactly it stands.
UPDATE its_table SET its_column = $tombstone WHERE its_column = $text
