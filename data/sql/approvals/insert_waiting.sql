INSERT INTO waiting BY NAME
SELECT
    $id::UUID AS id, $template AS template, $mapping AS mapping, $corrects::UUID AS corrects, $file_name AS file_name,
    $sha256 AS sha256, $original::BLOB AS original, $size::BIGINT AS size, $areas::VARCHAR[] AS areas, $facts AS facts,
    $origin AS origin, $source AS source, $edition AS edition, $invented AS invented, $reason AS reason,
    $sent_by AS sent_by, $sent_email AS sent_email, $sent_at AS sent_at
