-- How many critical failures are raised and cleared, how many rows remove a published value, and how many answers lose
-- their evidence?
SELECT count(*) FILTER (WHERE flag = 'raised') AS n_raised, count(*) FILTER (WHERE flag = 'cleared') AS n_cleared,
    (SELECT count(*) FROM (SELECT DISTINCT form, row_id FROM memory.main.difference WHERE now IS NULL)) AS n_taken_away,
    (SELECT count(*) FROM memory.main.difference
    WHERE col = 'evidence' AND was <> 'none' AND coalesce(now, 'none') = 'none') AS n_unproven
FROM memory.main.result;
