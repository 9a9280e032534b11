-- Lines of the audit trail, the newest first; `found` counts those that fit. Where addresses are masked, salts go as well: with
-- one, an address could be guessed and tried. An area stands in what it was done to, or in what that belongs to.
WITH shown AS (
    SELECT number, happened_at, if($masked, regexp_replace(actor, $address, $instead, 'g'), actor) AS actor, deed,
        if($masked, regexp_replace(subject, $address, $instead, 'g'), subject) AS subject, from_version, to_version,
        if($masked, NULL, salt) AS salt, name_digest, if($masked, NULL, subject_salt) AS subject_salt, subject_digest, chain
    FROM audit
), held AS (
    SELECT submission::VARCHAR AS id FROM submission_area WHERE list_contains($areas, area_code)
    UNION ALL SELECT id::VARCHAR FROM review WHERE list_contains($areas, area_code)
    UNION ALL SELECT id::VARCHAR FROM action WHERE list_contains($areas, area_code)
    UNION ALL SELECT id::VARCHAR FROM adaptation WHERE list_contains($areas, area_code)
    UNION ALL SELECT id::VARCHAR FROM practice WHERE list_contains($areas, area_code)
    UNION ALL SELECT id::VARCHAR FROM rebase WHERE list_contains($areas, area_code)
    UNION ALL SELECT id::VARCHAR FROM token WHERE list_contains($areas, area_code)
)
SELECT *, count(*) OVER () AS found FROM shown
WHERE ($person IS NULL OR actor = $person) AND ($deed IS NULL OR deed = $deed)
    AND ($month IS NULL OR strftime(happened_at, '%Y-%m') = $month)
    AND ($areas IS NULL OR list_has_any(string_split(subject, ' '), $areas::VARCHAR[])
        OR split_part(subject, ' ', 1) IN (SELECT id FROM held))
ORDER BY number DESC NULLS FIRST
LIMIT $most OFFSET $skipped
