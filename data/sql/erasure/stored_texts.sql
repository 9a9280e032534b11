-- Every text that a person wrote and that can be erased, with the place where it stands: a row of a file, or else no file
-- (the nil identifier) and `table.column`. Names of people who acted, words to choose from and computed words are no such
-- texts. What the program repeats among words of its own stands here as the person wrote it.
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
UNION ALL
SELECT '00000000-0000-0000-0000-000000000000'::UUID, NULL, '', column_name, text FROM (
    UNPIVOT (
        SELECT title AS "review.title", end_reason AS "review.end_reason" FROM review
        UNION ALL BY NAME SELECT reason AS "judgement.reason", dissent AS "judgement.dissent" FROM judgement
        UNION ALL BY NAME SELECT reply AS "reply.reply" FROM reply
        UNION ALL BY NAME SELECT description AS "action.description", owner AS "action.owner", evidence AS "action.evidence",
            outcome AS "action.outcome", change_reason AS "action.change_reason" FROM action
        UNION ALL BY NAME SELECT w.text AS "review_agenda.sentence" FROM review_agenda g
            JOIN (SELECT DISTINCT unnest([description, owner]) AS text FROM action) w
            ON g.kind = 'action' AND (contains(g.sentence, ': ' || w.text || ' Owner: ')
                OR contains(g.sentence, ' Owner: ' || w.text || '.'))
        UNION ALL BY NAME SELECT description AS "adaptation.description", evidence AS "adaptation.evidence",
            effect AS "adaptation.effect", change_reason AS "adaptation.change_reason" FROM adaptation
        UNION ALL BY NAME SELECT reason AS "ruling.reason" FROM ruling
        UNION ALL BY NAME SELECT title AS "practice.title", partners AS "practice.partners", done AS "practice.done",
            reported AS "practice.reported", measured AS "practice.measured", source AS "practice.source",
            change_reason AS "practice.change_reason" FROM practice
        UNION ALL BY NAME SELECT agreed_by AS "target.agreed_by", reason AS "target.reason",
            end_reason AS "target.end_reason" FROM target
        UNION ALL BY NAME SELECT substr(end_reason, 10) AS "target.end_reason" FROM target
            WHERE starts_with(end_reason, 'Changed: ')
        UNION ALL BY NAME SELECT agreed_by AS "agreement.agreed_by", reason AS "agreement.reason",
            end_reason AS "agreement.end_reason" FROM agreement
        UNION ALL BY NAME SELECT reason AS "rebase.reason", end_reason AS "rebase.end_reason" FROM rebase
        UNION ALL BY NAME SELECT reason AS "submission_end.reason" FROM submission_end
        UNION ALL BY NAME SELECT e.reason AS "data_version.reason" FROM data_version v
            JOIN submission_end e ON e.version = v.version AND ends_with(v.reason, 'Reason: ' || e.reason)
        UNION ALL BY NAME SELECT reason AS "erasure.reason" FROM erasure
        UNION ALL BY NAME SELECT reason AS "waiting.reason" FROM waiting
        UNION ALL BY NAME SELECT file_name AS "waiting.file_name" FROM waiting w ANTI JOIN submission s ON s.id = w.id
        UNION ALL BY NAME SELECT reason AS "waiting_end.reason" FROM waiting_end
        UNION ALL BY NAME SELECT reason AS "public_check.reason" FROM public_check
        UNION ALL BY NAME SELECT reason AS "role_given.reason" FROM role_given
        UNION ALL BY NAME SELECT label AS "token.label" FROM token
    )
    ON COLUMNS(*)
    INTO NAME column_name VALUE text
)
WHERE text <> ''
