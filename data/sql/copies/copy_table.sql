INSERT INTO target.main.its_table BY NAME FROM source.main.its_table
