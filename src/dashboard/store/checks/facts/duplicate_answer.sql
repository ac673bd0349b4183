-- Which rows answer what an earlier row of the same load answered?
INSERT INTO found
WITH many AS (
    SELECT round, operation, criterion, min(rowid) AS first_row FROM staged_answers
    GROUP BY round, operation, criterion HAVING count(*) > 1
)
SELECT 'duplicate_answer', 'answers', s.rowid, 'criterion', s.criterion, NULL
FROM staged_answers AS s JOIN many USING (round, operation, criterion)
WHERE s.rowid > first_row;
