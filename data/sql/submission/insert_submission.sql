INSERT INTO submission VALUES (
    $id::UUID, $template, $file_name, $sha256, $original, $findings, $origin, $source, $edition, $invented,
    $sent_by, $sent_at, $version, $rows_new, $rows_changed, $rows_unchanged
)
