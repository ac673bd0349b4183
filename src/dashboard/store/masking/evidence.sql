-- What may a room see of the evidence for answers and actions, and of the comments on answers? That there is evidence; not what it is,
-- nor who said what to whom.

CREATE OR REPLACE TABLE evidence_item AS
SELECT round_no, operation_no, criterion_no, a.alias AS action, position, $left_out AS title, CAST(NULL AS VARCHAR) AS link,
    CAST(NULL AS VARCHAR) AS document, CAST(NULL AS DATE) AS dated_on, CAST(NULL AS VARCHAR) AS page, CAST(NULL AS VARCHAR) AS holder,
    confidential
FROM evidence_item AS e LEFT JOIN alias AS a ON a.kind = 'action' AND a.code = e.action;
DELETE FROM answer_comment;
