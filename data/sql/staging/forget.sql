-- What only the checks needed; the typed rows stay for the comparison and the confirmation.
DROP VIEW IF EXISTS upload_point;
DROP TABLE IF EXISTS upload_file;
DROP TABLE IF EXISTS upload_figure;
DROP TABLE IF EXISTS upload_series;
DROP TABLE IF EXISTS upload_part;
DROP TABLE IF EXISTS upload_stored;
DROP TABLE IF EXISTS upload_scale;
DROP TABLE IF EXISTS upload_estimate
