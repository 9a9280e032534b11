-- What each different text of the file means: key is null where it means nothing known, detail helps to mend it.
CREATE OR REPLACE TEMP TABLE upload_lookup AS
SELECT field, text, key, detail, CAST(period_start AS DATE) AS period_start, CAST(period_end AS DATE) AS period_end
FROM given
