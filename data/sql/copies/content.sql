-- What a table holds, whatever the order of its rows: how many, and the sums of both halves of each row's digest.
SELECT count(*) AS rows,
    printf('%d-%d',
        coalesce(sum(CAST(md5_number_lower(line) AS HUGEINT)), 0),
        coalesce(sum(CAST(md5_number_upper(line) AS HUGEINT)), 0)) AS digest
FROM (SELECT CAST(to_json(held) AS VARCHAR) AS line FROM (SELECT its_column FROM its_table) AS held)
