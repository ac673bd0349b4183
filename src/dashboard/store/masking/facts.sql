-- What may a room see of answers, ratings, actions, targets and records of participation? What people wrote is left out; the numbers stay.

-- A mark depends on what the answer said then. Texts that differed still differ, though neither is shown any more.
CREATE OR REPLACE TABLE review AS
SELECT v.* REPLACE (
    CASE WHEN v.reviewed_by_role IS NOT NULL THEN $role END AS reviewed_by_role,
    CASE WHEN v.comment IS NOT NULL THEN $left_out END AS comment,
    {status_no: v.said.status_no, evidence: v.said.evidence,
        note: CASE WHEN (v.said.note, v.said.na_reason) IS DISTINCT FROM (a.note, a.na_reason) THEN $left_out END,
        na_reason: CASE WHEN v.said.na_reason IS NOT NULL THEN $left_out END} AS said
)
FROM review AS v LEFT JOIN answer AS a USING (round_no, operation_no, criterion_no);

CREATE OR REPLACE TABLE answer AS
SELECT * REPLACE (
    CAST(NULL AS VARCHAR) AS note, CASE WHEN answered_by_role IS NOT NULL THEN $role END AS answered_by_role,
    CASE WHEN na_reason IS NOT NULL THEN $left_out END AS na_reason
)
FROM answer;

-- Who said what before is nobody's business here.
DELETE FROM answer_log; DELETE FROM person_grant;

CREATE OR REPLACE TABLE risk_rating AS
SELECT * REPLACE (
    CASE WHEN basis IS NOT NULL THEN $left_out END AS basis, CASE WHEN residual_basis IS NOT NULL THEN $left_out END AS residual_basis,
    CASE WHEN rated_by_role IS NOT NULL THEN $role END AS rated_by_role
)
FROM risk_rating;

CREATE OR REPLACE TABLE opportunity_rating AS
SELECT * REPLACE (
    CASE WHEN basis IS NOT NULL THEN $left_out END AS basis, CASE WHEN rated_by_role IS NOT NULL THEN $role END AS rated_by_role
)
FROM opportunity_rating;

CREATE OR REPLACE TABLE action AS
SELECT t.* REPLACE (
    a.alias AS action, a.title AS text, CASE WHEN t.owner_role IS NOT NULL THEN $role END AS owner_role,
    CASE WHEN t.reason IS NOT NULL THEN $left_out END AS reason, CASE WHEN t.cause IS NOT NULL THEN $left_out END AS cause
)
FROM action AS t JOIN alias AS a ON a.kind = 'action' AND a.code = t.action;

CREATE OR REPLACE TABLE figure_target AS
SELECT * REPLACE (
    CASE WHEN owner_role IS NOT NULL THEN $role END AS owner_role, CASE WHEN note IS NOT NULL THEN $left_out END AS note
)
FROM figure_target;

-- A free-form code may name an operation, and those who took part know the day.
CREATE OR REPLACE TABLE child_participation AS
SELECT * REPLACE (
    CAST(NULL AS DATE) AS held_on,
    CAST(row_number() OVER (ORDER BY hash(record)) AS VARCHAR) AS record, CASE WHEN what_changed IS NOT NULL THEN $left_out END AS what_changed,
    CASE WHEN evidence_ref IS NOT NULL THEN $left_out END AS evidence_ref, CASE WHEN note IS NOT NULL THEN $left_out END AS note
)
FROM child_participation;
