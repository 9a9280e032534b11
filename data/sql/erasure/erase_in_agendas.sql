-- The agenda of a closed review names what was to be done and who owns it among words of its own.
UPDATE review_agenda SET sentence = replace(
    replace(sentence, ': ' || $text || ' Owner: ', ': ' || $tombstone || ' Owner: '),
    ' Owner: ' || $text || '.', ' Owner: ' || $tombstone || '.'
)
WHERE kind = 'action' AND contains(sentence, $text)
