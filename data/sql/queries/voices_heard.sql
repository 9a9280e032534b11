-- That somebody was heard: where, on what, from which side and of which period, at a version. No text and no number of
-- people, so whoever may see the insight, that there is one is the same for everybody.
SELECT DISTINCT commitment, area_code, perspective, period_end
FROM insight
WHERE from_version <= $version AND (until_version IS NULL OR $version < until_version) AND period_end > $after
ORDER BY ALL
