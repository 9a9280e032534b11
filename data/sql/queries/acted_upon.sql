-- What answers the evidence, as it was written down by a version: actions, adaptations, and that no action is needed. What
-- was dropped, withdrawn, ended or decided at a review that was called off does not.
-- `recorded_on` is the as-of date of the data version in force when the newest saving was made, because that is the
-- evidence it answers; for an action of the first release the day of its review; for an adaptation the day of the change
-- where that is earlier.
WITH dated AS (SELECT version, as_of FROM data_version),
acts AS (
    SELECT a.commitment, a.area_code, a.state, a.at_version, r.held_on
    FROM action a JOIN review r ON r.id = a.review
    WHERE coalesce(a.at_version, r.at_version, r.version) <= $version
        AND (r.state <> 'called_off' OR r.ended_version > $version)
    QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY a.made_at DESC NULLS LAST) = 1
),
changes AS (
    SELECT * FROM adaptation WHERE at_version <= $version
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY made_at DESC NULLS LAST) = 1
),
needless AS (
    SELECT * FROM ruling WHERE at_version <= $version AND kind = 'no_action_needed'
    QUALIFY row_number() OVER (PARTITION BY area_code, commitment, test ORDER BY made_at DESC NULLS LAST) = 1
)
SELECT 'action' AS kind, a.commitment, a.area_code, coalesce(d.as_of, a.held_on) AS recorded_on
FROM acts a LEFT JOIN dated d ON d.version = a.at_version
WHERE a.state <> 'dropped'
UNION ALL
SELECT 'adaptation', c.commitment, c.area_code, least(c.changed_on, d.as_of)
FROM changes c LEFT JOIN dated d ON d.version = c.at_version WHERE c.state <> 'withdrawn'
UNION ALL
SELECT 'no_action_needed', commitment, area_code, ruled_on FROM needless WHERE state = 'standing'
ORDER BY ALL
