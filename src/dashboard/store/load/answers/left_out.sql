-- How many rows does each kind of problem leave out?
SELECT kind, count(DISTINCT (form, row_id)) AS n_rows FROM told WHERE weight = 'row' GROUP BY kind;
