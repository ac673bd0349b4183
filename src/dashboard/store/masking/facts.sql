-- What may a room see of reviews, actions and records of participation, besides that what people wrote is left out? The
-- numbers stay.

-- A mark depends on what the answer said then. Texts that differed still differ, though neither is shown any more.
CREATE OR REPLACE TABLE review AS
SELECT v.* REPLACE (
    {status_no: v.said.status_no, evidence: v.said.evidence,
        note: CASE WHEN (v.said.note, v.said.na_reason) IS DISTINCT FROM (a.note, a.na_reason) THEN $left_out END,
        na_reason: CASE WHEN v.said.na_reason IS NOT NULL THEN $left_out END} AS said
)
FROM review AS v LEFT JOIN answer AS a USING (round_no, operation_no, criterion_no);

-- Figures as they were approved may rest on too few answers.
UPDATE approval SET figures = NULL;
-- Who said what before is nobody's business here.
DELETE FROM answer_log; DELETE FROM approval_log; DELETE FROM person_grant;

CREATE OR REPLACE TABLE action AS
SELECT t.* REPLACE (a.alias AS action, a.title AS text)
FROM action AS t JOIN alias AS a ON a.kind = 'action' AND a.code = t.action;

-- A free-form code may name an operation, and those who took part know the day.
CREATE OR REPLACE TABLE child_participation AS
SELECT * REPLACE (
    CAST(NULL AS DATE) AS held_on, CAST(row_number() OVER (ORDER BY hash(record)) AS VARCHAR) AS record
)
FROM child_participation;
