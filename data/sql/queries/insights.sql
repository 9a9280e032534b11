-- Evidence that held at a version and that the person asking may see, newest first; with $find only what has each of its
-- words, as the beginning of a word, in the texts that the person may read. Words are compared without capitals, accents,
-- punctuation and marks that cannot be seen. What somebody sees only because it is public has neither quote nor number of
-- people where those were few, or nobody knows how many.
WITH seen AS (
    SELECT i.*, s.invented, p.name AS area_name, p.type AS area_type, p.parent AS region_code,
        $sees_every_area
        OR (i.visibility <> 'area' AND ($sees_steering OR list_contains($scope, i.area_code)))
        OR list_contains($own_areas, i.area_code) AS within
    FROM (all_of_them) i
    JOIN submission s ON s.id = i.submission
    JOIN area p ON p.code = i.area_code AND p.from_version <= $version AND (p.until_version IS NULL OR $version < p.until_version)
    WHERE i.from_version <= $version AND (i.until_version IS NULL OR $version < i.until_version)
        AND ($commitment IS NULL OR i.commitment = $commitment)
        AND ($area IS NULL OR i.area_code = $area)
),
told AS (
    SELECT * REPLACE (
        CASE WHEN within OR participants >= $fewest THEN participants END AS participants,
        CASE WHEN consent_to_publish AND (within OR participants >= $fewest) THEN quote END AS quote
    )
    FROM seen
    WHERE within OR visibility = 'public'
),
asked AS (
    SELECT string_split(trim(regexp_replace(
        strip_accents(lower(regexp_replace($find, '\p{Cf}+', '', 'g'))), '[^\p{L}\p{N}]+', ' ', 'g'
    )), ' ') AS words
)
SELECT
    commitment, area_code, area_name, area_type, region_code, period_start, period_end, perspective, organisation, sector,
    method, participants, grade, direction, summary, quote, visibility, barriers, enablers, not_heard, source_reference,
    invented
FROM told, asked
WHERE $find IS NULL OR list_bool_and(list_transform(words, lambda word: contains(
    ' ' || regexp_replace(
        strip_accents(lower(regexp_replace(
            concat_ws(' ', summary, quote, barriers, enablers, not_heard), '\p{Cf}+', '', 'g'
        ))), '[^\p{L}\p{N}]+', ' ', 'g'
    ),
    ' ' || word
)))
ORDER BY period_end DESC, area_code, source_reference, commitment, period_start, perspective, organisation, method
