-- The stored facts that the upload changes hold no longer from this version on.
UPDATE observation SET until_version = $version
FROM upload_difference d
WHERE d.state = 'changed' AND observation.until_version IS NULL
    AND observation.indicator = d.indicator AND observation.area_code = d.area_code
    AND observation.period_start = d.period_start AND observation.period_end = d.period_end
    AND observation.breakdown_type = d.breakdown_type AND observation.breakdown = d.breakdown
    AND observation.organisation = d.organisation
