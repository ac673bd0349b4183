-- What happens to stored answers to a criterion that now repeats another? They become answers to that one, unless it
-- has its own, which counts. The earlier publication keeps them all.
CREATE TEMP TABLE moved_to AS
SELECT r.criterion_no AS from_no, c.criterion_no AS to_no
FROM repeated AS r JOIN criterion AS c ON c.criterion = r.same_as;

CREATE TEMP TABLE settled AS
SELECT a.*, coalesce(m.to_no, a.criterion_no) AS to_no, first_value(a.criterion_no) OVER one AS counts,
    first_value(a.status_no) OVER one AS counting
FROM answer AS a
JOIN scale AS s USING (status_no)
LEFT JOIN moved_to AS m ON m.from_no = a.criterion_no
WHERE s.counts_as <> 'unanswered' AND coalesce(m.to_no, a.criterion_no) IN (SELECT to_no FROM moved_to)
WINDOW one AS (PARTITION BY a.round_no, a.operation_no, coalesce(m.to_no, a.criterion_no)
ORDER BY m.to_no IS NOT NULL, a.criterion_no);

DELETE FROM answer USING settled AS s
WHERE answer.round_no = s.round_no AND answer.operation_no = s.operation_no AND answer.criterion_no = s.to_no
    AND s.counts <> s.to_no;
DELETE FROM answer USING moved_to AS m WHERE answer.criterion_no = m.from_no;
INSERT INTO answer
SELECT * EXCLUDE (to_no, counts, counting) REPLACE (to_no AS criterion_no) FROM settled
WHERE counts = criterion_no AND counts <> to_no;

DELETE FROM review USING settled AS s
WHERE review.round_no = s.round_no AND review.operation_no = s.operation_no AND review.criterion_no = s.criterion_no
    AND s.counts <> s.criterion_no;
UPDATE review SET criterion_no = m.to_no FROM moved_to AS m WHERE m.from_no = review.criterion_no;
-- What was said and shown about either belongs to the one that is asked.
UPDATE evidence_item SET criterion_no = m.to_no FROM moved_to AS m WHERE m.from_no = evidence_item.criterion_no;
UPDATE answer_comment SET criterion_no = m.to_no FROM moved_to AS m WHERE m.from_no = answer_comment.criterion_no;
