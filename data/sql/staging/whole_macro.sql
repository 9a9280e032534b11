-- A whole number as a person writes it.
CREATE OR REPLACE TEMP MACRO whole_text(number) AS CAST(CAST(number AS BIGINT) AS VARCHAR)
