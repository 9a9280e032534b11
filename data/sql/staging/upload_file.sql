-- How the file was written: what separates its cells, empty for a workbook.
CREATE OR REPLACE TEMP TABLE upload_file AS SELECT CAST($separator AS VARCHAR) AS separator
