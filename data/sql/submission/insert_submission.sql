INSERT INTO submission BY NAME
SELECT
    $id::UUID AS id, $template AS template, $file_name AS file_name, $sha256 AS sha256, $original::BLOB AS original,
    $size::BIGINT AS size, $findings AS findings, $origin AS origin, $source AS source, $edition AS edition,
    $invented AS invented, $sent_by AS sent_by, $sent_email AS sent_email, $sent_at AS sent_at, $version AS version,
    $rows_new AS rows_new, $rows_changed AS rows_changed, $rows_unchanged AS rows_unchanged
