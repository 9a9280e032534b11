-- A text without the apostrophe that this program's own downloads put before what a spreadsheet would run as a formula.
CREATE OR REPLACE TEMP MACRO unguarded(cell) AS
CASE WHEN starts_with(cell, '''') AND cell[2] IN ('=', '+', '-', '@') THEN cell[2:] ELSE cell END
