INSERT INTO review_picture (review, commitment, improved, worsened, no_clear_change, not_calculable, not_judged, pairs, well,
    middling, badly, not_asked, numbers, voices, provider_voices, user_voices, fit, silent_side, evidence)
VALUES ($review::UUID, $commitment, $improved, $worsened, $no_clear_change, $not_calculable, $not_judged, $pairs, $well,
    $middling, $badly, $not_asked, $numbers, $voices, $provider_voices, $user_voices, $fit, $silent_side, $evidence)
