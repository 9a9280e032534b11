-- The codes of areas as they are now and of all that they are made of; those shown for comparison only are left out.
WITH RECURSIVE inside AS (
    SELECT code FROM area WHERE list_contains($scopes, code) AND until_version IS NULL AND NOT comparator_only
    UNION
    SELECT a.code FROM area a JOIN inside i ON a.parent = i.code WHERE a.until_version IS NULL AND NOT a.comparator_only
)
SELECT code FROM inside
