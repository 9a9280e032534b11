INSERT INTO population SELECT area_code, mid_year, population, source, $version, NULL FROM catalogue_rows
