-- An area that can report, by its code.
SELECT name FROM area WHERE code = $code AND NOT comparator_only AND until_version IS NULL
