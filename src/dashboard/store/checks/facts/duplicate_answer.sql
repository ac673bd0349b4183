-- Which rows answer what an earlier row of the same load answered? Grouping by all three codes is slow. A bitmap of
-- criteria per operation and round is faster: if there are as many bits as rows, nothing is repeated and nothing is
-- unknown.
SET VARIABLE last_criterion = (SELECT coalesce(max(criterion_no), 1) FROM criterion);
INSERT INTO found
WITH doubtful AS (
    SELECT s.round, s.operation
    FROM staged_answers AS s LEFT JOIN criterion AS c ON c.criterion = s.criterion
    GROUP BY s.round, s.operation
    HAVING count(*) > coalesce(bit_count(bitstring_agg(c.criterion_no, 0, getvariable('last_criterion'))), 0)
),
many AS (
    SELECT round, operation, criterion, min(rowid) AS first_row
    FROM staged_answers SEMI JOIN doubtful USING (round, operation)
    GROUP BY round, operation, criterion HAVING count(*) > 1
)
SELECT 'duplicate_answer', 'answers', s.rowid, 'criterion', s.criterion, NULL
FROM staged_answers AS s JOIN many USING (round, operation, criterion)
WHERE s.rowid > first_row;
