-- What each series is of, once.
CREATE OR REPLACE TEMP TABLE upload_series AS
WITH named AS (
    SELECT hash(indicator, area_code, breakdown_type, breakdown, organisation) AS series,
        indicator, area_code, breakdown_type, breakdown, organisation
    FROM upload WHERE indicator IS NOT NULL AND area_code IS NOT NULL AND period_start IS NOT NULL
    UNION ALL
    SELECT series, indicator, area_code, breakdown_type, breakdown, organisation FROM upload_stored
)
SELECT series, any_value(indicator) AS indicator, any_value(area_code) AS area_code,
    any_value(breakdown_type) AS breakdown_type, any_value(breakdown) AS breakdown,
    any_value(organisation) AS organisation
FROM named GROUP BY series
