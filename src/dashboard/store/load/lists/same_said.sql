-- Which rows of this load answer or review a criterion that repeats another, and which of several about the same thing
-- counts? Of answers, the one to the criterion that is asked, if it says anything; else the first that does. A review
-- follows its answer. Rows of an operation that names no repeat in a round are left alone: looking at them all takes as
-- long as checking them.
CREATE TEMP TABLE same_said AS
WITH repeating AS (
    SELECT s.round, s.operation, n.same_as AS code FROM staged_answers AS s JOIN repeats AS n USING (criterion)
    UNION
    SELECT s.round, s.operation, n.same_as FROM staged_reviews AS s JOIN repeats AS n USING (criterion)
),
named AS (
    SELECT s.rowid AS row_id, s.round, s.operation, s.criterion, coalesce(n.same_as, s.criterion) AS code,
        coalesce(s.status, 'unanswered') AS status
    FROM staged_answers AS s LEFT JOIN repeats AS n USING (criterion)
    SEMI JOIN repeating AS r
        ON r.round IS NOT DISTINCT FROM s.round AND r.operation IS NOT DISTINCT FROM s.operation
        AND r.code = coalesce(n.same_as, s.criterion)
)
SELECT *, first_value(criterion) OVER one AS counts, first_value(status) OVER one AS counting
FROM named
WINDOW one AS (PARTITION BY round, operation, code ORDER BY status = 'unanswered', criterion <> code, row_id);

CREATE TEMP TABLE same_reviewed AS
WITH named AS (
    SELECT s.rowid AS row_id, s.round, s.operation, s.criterion, coalesce(n.same_as, s.criterion) AS code
    FROM staged_reviews AS s LEFT JOIN repeats AS n USING (criterion)
    WHERE coalesce(n.same_as, s.criterion) IN (SELECT same_as FROM repeats)
)
SELECT r.row_id, r.criterion, r.code, coalesce(a.counts, first_value(r.criterion) OVER one) AS counts
FROM named AS r
LEFT JOIN (SELECT DISTINCT round, operation, code, counts FROM same_said) AS a USING (round, operation, code)
WINDOW one AS (PARTITION BY r.round, r.operation, r.code ORDER BY r.criterion <> r.code, r.row_id);
