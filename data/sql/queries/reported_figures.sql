-- Which figures areas sent that hold at a version, for periods that ended after a day: no number, only that it is there.
-- `whole` says that the figure is of the whole area, without breakdown or organisation. `reported` says that the area sent
-- it itself and that there is a number, shown or hidden: "not available" and "not applicable" are answers, no numbers.
SELECT o.indicator, o.area_code, o.period_start, o.period_end,
    bool_or(o.breakdown_type = '' AND o.organisation = '') AS whole,
    bool_or(s.origin = 'reported' AND (o.note IS NULL OR o.note NOT IN ('x', 'z'))) AS reported
FROM observation o JOIN submission s ON s.id = o.submission
WHERE o.from_version <= $version AND (o.until_version IS NULL OR $version < o.until_version) AND o.period_end > $after
GROUP BY ALL
ORDER BY ALL
