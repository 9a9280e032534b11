-- Every line as the chain has it, in the order of its numbers, those without a number last. Whether name and subject are the
-- ones that were digested, or tombstones, which have no salt, is told here: it is a third of the work, and side by side.
SELECT number, strftime(happened_at, '%Y-%m-%dT%H:%M:%S.%f') AS happened_at, name_digest, deed, subject_digest,
    from_version, to_version, chain,
    coalesce(if(salt IS NULL, starts_with(actor, $tombstone), sha256(salt || actor) = name_digest), false) AS name_is_own,
    coalesce(if(subject_salt IS NULL, starts_with(subject, $tombstone), sha256(subject_salt || subject) = subject_digest), false)
        AS subject_is_own,
    salt IS NULL AS nameless, subject_salt IS NULL AS subjectless,
    if(deed = $chained, try_cast(subject AS INTEGER), NULL) AS chained_later
FROM audit ORDER BY number NULLS LAST, chain
