-- The facts of a submission about to be corrected that are not in the staged correction.
SELECT e.* FROM ending e
ANTI JOIN upload u
    ON u.indicator = e.indicator AND u.area_code = e.area_code AND u.period_start = e.period_start
    AND u.period_end = e.period_end AND u.breakdown_type = e.breakdown_type AND u.breakdown = e.breakdown
    AND u.organisation = e.organisation
WHERE e.state <> 'kept'
ORDER BY e.row
