DELETE FROM target.main.its_table
