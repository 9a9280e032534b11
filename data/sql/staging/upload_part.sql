-- The parts of each whole: the areas of a region, and the regions and the areas of a country; how many there are, and
-- how many of them are given rates.
CREATE OR REPLACE TEMP TABLE upload_part AS
WITH placed AS (
    SELECT code, type, rates_given, parent AS whole FROM upload_area WHERE parent IS NOT NULL
    UNION ALL
    SELECT a.code, a.type, a.rates_given, r.parent FROM upload_area a JOIN upload_area r ON r.code = a.parent
    WHERE r.parent IS NOT NULL
)
SELECT whole, code, rates_given, CASE type WHEN 'region' THEN 'regions' ELSE 'areas' END AS kind,
    count(*) OVER same_kind AS parts, count(*) FILTER (rates_given) OVER same_kind AS needed
FROM placed WINDOW same_kind AS (PARTITION BY whole, type)
