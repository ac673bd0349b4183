-- What was imported, row by row? By its subject, with the numbers of this publication, and why it stays out if it does.
WITH said AS (
    SELECT 'answers' AS form, rowid AS row_id, round, operation, criterion AS code FROM staged_answers
    UNION ALL
    SELECT 'risk_ratings', rowid, round, operation, impact FROM staged_risk_ratings
    UNION ALL
    SELECT 'opportunity_ratings', rowid, round, operation, impact FROM staged_opportunity_ratings
    UNION ALL
    SELECT 'actions', rowid, round, operation, action FROM staged_actions
    UNION ALL
    -- The round of a target is the one in which it is due, and part of its key.
    SELECT 'targets', rowid, NULL, operation, concat_ws(' · ', framework, kind, area, round, due_on) FROM staged_targets
),
out AS (SELECT form, row_id, min(kind) AS why, bool_or(kind = 'blank') AS blank FROM found GROUP BY form, row_id)
SELECT s.*, out.why, r.round_no, o.operation_no, c.criterion_no
FROM said AS s
LEFT JOIN out USING (form, row_id)
LEFT JOIN round AS r ON r.round = s.round
LEFT JOIN operation AS o ON o.operation = s.operation
LEFT JOIN criterion AS c ON s.form = 'answers' AND c.criterion = s.code
WHERE out.blank IS DISTINCT FROM true;
