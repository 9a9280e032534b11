-- The columns of the file that hold anything, and what their cells mean; those that hold nothing take no room.
CREATE OR REPLACE TEMP TABLE upload_held AS SELECT * FROM given
