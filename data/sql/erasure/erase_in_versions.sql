-- The version in which a file was withdrawn or corrected repeats why, as its last words.
UPDATE data_version SET reason = left(reason, length(reason) - length($text)) || $tombstone
WHERE ends_with(reason, 'Reason: ' || $text) AND version IN (SELECT version FROM submission_end WHERE reason = $text)
