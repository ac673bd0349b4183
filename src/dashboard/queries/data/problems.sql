-- What did the last load leave out, or note? At most 500; `all_n` counts all.
SELECT kind, file, "row", "column", value, expected, hint, weight, count(*) OVER () AS all_n
FROM problem ORDER BY weight = 'note', position
LIMIT 500;
