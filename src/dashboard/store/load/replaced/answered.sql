-- How many answers does each operation have in each round of which the files withdraw any? Run before and after the
-- load.
SELECT r.round, o.operation, count(*) FILTER (WHERE sc.counts_as <> 'unanswered') AS n
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN scale AS sc USING (status_no)
SEMI JOIN (
    SELECT w.round, w.operation FROM scratch.main.staged_answers AS w
    JOIN scale AS word ON word.status = w.status AND word.counts_as = 'unanswered'
) AS w ON w.round = r.round AND w.operation = o.operation
GROUP BY r.round, o.operation ORDER BY r.round, o.operation;
