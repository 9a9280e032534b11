-- The figures with what they are of.
CREATE OR REPLACE TEMP VIEW upload_point AS SELECT * FROM upload_figure JOIN upload_series USING (series)
