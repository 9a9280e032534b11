-- The number in each different text of a column, in their order.
SELECT cell_number(cell) AS number FROM cells
