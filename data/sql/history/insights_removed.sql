-- The evidence of a submission about to be corrected that is not in the staged correction.
SELECT e.* FROM ending e
ANTI JOIN upload u
    ON u.commitment = e.commitment AND u.area_code = e.area_code AND u.period_start = e.period_start
    AND u.period_end = e.period_end AND u.perspective = e.perspective AND u.organisation = e.organisation
    AND u.method = e.method AND u.source_reference = e.source_reference
WHERE e.state <> 'kept'
ORDER BY e.row
