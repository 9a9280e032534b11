-- A number as the words of a finding show it: thousands separated, two places below 10, one above, no zeros at the end.
CREATE OR REPLACE TEMP MACRO shown(number) AS
regexp_replace(
    CASE WHEN abs(number) < 10 THEN format('{:.2f}', round(number, 2) + 0.0) ELSE format('{:,.1f}', number) END,
    '\.?0+$|(\.\d*[1-9])0+$', '\1'
)
