INSERT INTO insight
SELECT
    u.commitment, u.area_code, u.period_start, u.period_end, u.perspective, u.organisation, u.method, u.source_reference,
    u.sector, u.participants, u.grade, u.direction, u.summary, u.quote, u.consent_to_publish, u.visibility,
    u.barriers, u.enablers, u.not_heard, $submission::UUID, u.row, $version, NULL
FROM upload u ANTI JOIN (SELECT row FROM upload_state WHERE state = 'unchanged') USING (row)
