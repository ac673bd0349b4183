-- How do sound answers enter? Given ones over kept ones over unanswered, one row for everything that is asked.
-- `whole` says that the lists or the frameworks changed, so that every round and country is laid anew.

CREATE TEMP TABLE given AS
SELECT r.round_no, o.operation_no, c.criterion_no, sc.status_no,
    CAST(CASE s.evidence WHEN 'independently_checked' THEN 3 WHEN 'seen' THEN 2 WHEN 'self_declared' THEN 1 ELSE 0 END AS SMALLINT)
        AS evidence,
    s.note, s.answered_by_role, CAST(s.answered_on AS DATE) AS answered_on, s.na_reason
FROM sound_answers AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN criterion AS c ON c.criterion = s.criterion
JOIN scale AS sc ON sc.framework_no = c.framework_no AND sc.status = s.status;

CREATE TEMP TABLE renewed AS
SELECT DISTINCT round_no, operation_no FROM given
UNION
SELECT DISTINCT round_no, operation_no FROM asked JOIN operation USING (profile_no) WHERE $whole
UNION
SELECT DISTINCT round_no, operation_no FROM answer WHERE $whole;

CREATE TEMP TABLE laid AS
SELECT a.round_no, o.operation_no, a.criterion_no,
    coalesce(g.status_no, k.status_no, blank.status_no) AS status_no,
    CASE WHEN g.status_no IS NOT NULL THEN g.evidence ELSE coalesce(k.evidence, 0) END AS evidence,
    CASE WHEN g.status_no IS NOT NULL THEN g.note ELSE k.note END AS note,
    CASE WHEN g.status_no IS NOT NULL THEN g.answered_by_role ELSE k.answered_by_role END AS answered_by_role,
    CASE WHEN g.status_no IS NOT NULL THEN g.answered_on ELSE k.answered_on END AS answered_on,
    CASE WHEN g.status_no IS NOT NULL THEN g.na_reason ELSE k.na_reason END AS na_reason
FROM asked AS a
JOIN operation AS o USING (profile_no)
JOIN renewed AS n ON n.round_no = a.round_no AND n.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion_no = a.criterion_no
JOIN scale AS blank ON blank.framework_no = c.framework_no AND blank.counts_as = 'unanswered'
LEFT JOIN given AS g ON g.round_no = a.round_no AND g.operation_no = o.operation_no AND g.criterion_no = a.criterion_no
LEFT JOIN answer AS k ON k.round_no = a.round_no AND k.operation_no = o.operation_no AND k.criterion_no = a.criterion_no;

DELETE FROM answer USING renewed AS n WHERE answer.round_no = n.round_no AND answer.operation_no = n.operation_no;
INSERT INTO answer SELECT * FROM laid ORDER BY round_no, operation_no, criterion_no;

DELETE FROM touched;
INSERT INTO touched
WITH changed AS (SELECT DISTINCT round_no, country_no FROM renewed JOIN operation USING (operation_no)),
next_round AS (SELECT round_no, lead(round_no) OVER (ORDER BY position) AS later_no FROM round)
SELECT round_no, country_no FROM changed
UNION
SELECT later_no, country_no FROM changed JOIN next_round USING (round_no) WHERE later_no IS NOT NULL;
DELETE FROM tally USING touched AS t WHERE tally.round_no = t.round_no AND tally.country_no = t.country_no;
DELETE FROM matched USING touched AS t WHERE matched.round_no = t.round_no AND matched.country_no = t.country_no;
DROP TABLE laid; DROP TABLE renewed; DROP TABLE given;
