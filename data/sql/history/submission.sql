-- One submission without its bytes and findings, with how it ended and when its file was erased.
SELECT s.id, s.template, s.file_name, s.sha256, s.sent_by, s.sent_at, s.version, e.state, e.ended_by, e.ended_at,
    (SELECT max(x.erased_at) FROM erasure x WHERE x.submission = s.id AND x.column_name = 'original') AS file_erased_at
FROM submission s LEFT JOIN submission_end e ON e.submission = s.id
WHERE s.id = $submission::UUID
