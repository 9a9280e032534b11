-- Every text that a person wrote and that can be erased, with the place where it stands.
CREATE OR REPLACE TEMP VIEW stored_text AS
SELECT submission, submission_row, area_code, column_name, text FROM (
    UNPIVOT (
        SELECT submission, submission_row, area_code,
            organisation, source_reference, summary, quote, barriers, enablers, not_heard
        FROM insight
    )
    ON organisation, source_reference, summary, quote, barriers, enablers, not_heard
    INTO NAME column_name VALUE text
)
WHERE text <> ''
UNION ALL
SELECT submission, submission_row, area_code, column_name, text FROM (
    UNPIVOT (
        SELECT submission, submission_row, area_code, organisation, breakdown_type, breakdown, comment FROM observation
    )
    ON organisation, breakdown_type, breakdown, comment
    INTO NAME column_name VALUE text
)
WHERE text <> ''
