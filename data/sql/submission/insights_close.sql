-- The stored evidence that the upload changes holds no longer from this version on.
UPDATE insight SET until_version = $version
FROM upload_difference d
WHERE d.state = 'changed' AND insight.until_version IS NULL
    AND insight.commitment = d.commitment AND insight.area_code = d.area_code
    AND insight.period_start = d.period_start AND insight.period_end = d.period_end
    AND insight.perspective = d.perspective AND insight.organisation = d.organisation
    AND insight.method = d.method AND insight.source_reference = d.source_reference
