INSERT INTO observation
SELECT
    u.indicator, u.area_code, u.period_start, u.period_end, u.breakdown_type, u.breakdown, u.organisation,
    u.numerator, u.denominator, u.value, u.lower, u.upper, u.note, u.comment,
    $submission::UUID, u.row, $version, NULL
FROM upload u ANTI JOIN (SELECT row FROM upload_state WHERE state = 'unchanged') USING (row)
