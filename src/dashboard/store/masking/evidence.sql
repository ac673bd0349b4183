-- What may a room see of the evidence for answers and actions, and of the comments on answers? That there is evidence;
-- not what it is, nor who said what to whom.

CREATE OR REPLACE TABLE evidence_item AS
SELECT e.* REPLACE (a.alias AS action, CAST(NULL AS DATE) AS dated_on)
FROM evidence_item AS e LEFT JOIN alias AS a ON a.kind = 'action' AND a.code = e.action;
DELETE FROM answer_comment;
