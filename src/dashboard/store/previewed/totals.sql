-- How many critical failures are raised and cleared, and how many rows remove a published value?
SELECT count(*) FILTER (WHERE flag = 'raised') AS n_raised, count(*) FILTER (WHERE flag = 'cleared') AS n_cleared,
    (SELECT count(*) FROM (SELECT DISTINCT form, row_id FROM memory.main.difference WHERE now IS NULL)) AS n_taken_away
FROM memory.main.result;
