INSERT INTO public_check BY NAME
SELECT
    $submission::UUID AS submission, $submission_row AS submission_row, $state AS state, $reason AS reason,
    $invented AS invented, $made_by AS made_by, $made_at AS made_at
