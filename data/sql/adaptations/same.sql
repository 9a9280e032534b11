-- The adaptation that says the same already, unless it was withdrawn.
WITH latest AS (
    SELECT * FROM adaptation
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY made_at DESC NULLS LAST) = 1
)
SELECT id, made_by FROM latest
WHERE state <> 'withdrawn' AND commitment = $commitment AND area_code = $area_code AND kind = $kind
    AND changed_on = $changed_on AND description = $description
