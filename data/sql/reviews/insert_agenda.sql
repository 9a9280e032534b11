-- Lists of one length, a place of each for every item.
INSERT INTO review_agenda (review, place, kind, commitment, indicator, area_code, sentence, listed)
SELECT $review::UUID, unnest($place), unnest($kind), unnest($commitment), unnest($indicator), unnest($area_code),
    unnest($sentence), unnest($listed)
