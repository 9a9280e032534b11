-- The number in each different text of a column, in the order of their places.
SELECT cell_number(cell) AS number FROM cells ORDER BY place
