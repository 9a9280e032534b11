-- How much of what the upload was compared with has changed since a version: facts and files of its areas, and definitions.
WITH mine AS (
    SELECT DISTINCT area_code FROM upload
),
touched AS (
    SELECT area_code FROM observation WHERE from_version > $version OR until_version > $version
    UNION ALL
    SELECT area_code FROM insight WHERE from_version > $version OR until_version > $version
    UNION ALL
    SELECT a.area_code FROM submission_area a JOIN submission s ON s.id = a.submission WHERE s.version > $version
)
SELECT
    (SELECT count(*) FROM touched SEMI JOIN mine USING (area_code))
    + (
        SELECT count(*) FROM data_version v
        WHERE v.version > $version
            AND v.catalogue_digest <> (SELECT b.catalogue_digest FROM data_version b WHERE b.version = $version)
    ) AS touched
