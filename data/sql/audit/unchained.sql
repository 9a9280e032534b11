-- Lines that an earlier release wrote, which had no chain, in the order of their time.
SELECT happened_at, actor, deed, subject, from_version, to_version FROM audit WHERE number IS NULL
ORDER BY happened_at, to_version, from_version, deed, subject, actor
