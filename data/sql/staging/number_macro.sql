-- The number in a cell, with thousands commas taken out; null when it is not a plain finite number.
CREATE OR REPLACE TEMP MACRO cell_number(cell) AS
CASE
    WHEN regexp_full_match(cell, '[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][-+]?\d{1,2})?|[-+]?\.\d+')
        AND isfinite(TRY_CAST(replace(cell, ',', '') AS DOUBLE))
    THEN TRY_CAST(replace(cell, ',', '') AS DOUBLE) + 0.0
END
