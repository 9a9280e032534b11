-- The text of a cell without what stands blank around it, tabs, line breaks and no-break spaces too; null when nothing is left.
CREATE OR REPLACE TEMP MACRO cell_text(cell) AS
nullif(trim(trim(cell), ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(65279)), '')
