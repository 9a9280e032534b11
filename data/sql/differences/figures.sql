-- Facts that hold at a version and did not at an earlier one, the other way round, or otherwise.
-- Only rows whose story begins or ends between the two versions are read; what came back as it was has not changed.
-- The earlier side, which is the smaller one as a rule, stands second, so that the join keeps that in memory.
WITH earlier AS (
    SELECT * FROM observation
    WHERE from_version <= $since AND until_version > $since AND until_version <= $version
        AND area_code IN (SELECT unnest($areas))
),
later AS (
    SELECT * FROM observation
    WHERE from_version > $since AND from_version <= $version AND (until_version IS NULL OR until_version > $version)
        AND area_code IN (SELECT unnest($areas))
),
beside AS (
    SELECT
        indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation,
        CASE
            WHEN e.submission IS NULL THEN 'new'
            WHEN l.submission IS NULL THEN 'withdrawn'
            WHEN e.numerator IS DISTINCT FROM l.numerator OR e.denominator IS DISTINCT FROM l.denominator
                OR e.value IS DISTINCT FROM l.value OR e.lower IS DISTINCT FROM l.lower
                OR e.upper IS DISTINCT FROM l.upper OR e.note IS DISTINCT FROM l.note THEN 'corrected'
            WHEN e.comment IS DISTINCT FROM l.comment THEN 'reworded'
        END AS state,
        e.numerator AS was_numerator, e.denominator AS was_denominator, e.value AS was_value, e.note AS was_note,
        l.numerator, l.denominator, l.value, l.note
    FROM later l
    FULL JOIN earlier e USING (indicator, area_code, period_start, period_end, breakdown_type, breakdown, organisation)
)
SELECT * FROM beside WHERE state IS NOT NULL
