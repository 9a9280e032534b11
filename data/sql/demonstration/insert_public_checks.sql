INSERT INTO public_check BY NAME
SELECT
    unnest($submissions::UUID[]) AS submission, unnest($submission_rows::INTEGER[]) AS submission_row, 'agreed' AS state,
    '' AS reason, true AS invented, $made_by AS made_by, $made_at AS made_at
