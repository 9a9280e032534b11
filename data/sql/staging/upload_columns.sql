-- The columns of the file that are held, and as nulls those that rows of its template may have besides.
CREATE OR REPLACE TEMP VIEW upload_columns AS FROM upload_held UNION ALL BY NAME FROM upload_shape
