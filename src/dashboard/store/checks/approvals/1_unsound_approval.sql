-- Which approvals are of nothing that takes part in the round, come too late, say too little, or come from a role that
-- answered?
INSERT INTO found
SELECT 'one_place', 'approvals', row_id, 'country', country, operation FROM word
WHERE operation IS NOT NULL AND country IS NOT NULL;
INSERT INTO found
SELECT CASE WHEN w.country IS NULL THEN 'nothing_to_approve' ELSE 'approved_alone' END, 'approvals', w.row_id,
    CASE WHEN w.country IS NULL THEN 'operation' ELSE 'country' END, w.place, w.round
FROM word AS w
ANTI JOIN taking_part AS t ON t.round_no = w.round_no AND t.operation_no IS NOT DISTINCT FROM w.operation_no
    AND t.country_no IS NOT DISTINCT FROM w.country_no
WHERE w.place IS NOT NULL OR w.round_no NOT IN (SELECT round_no FROM taking_part);
INSERT INTO found
SELECT 'reopening_untold', 'approvals', row_id, 'note', NULL, NULL FROM word WHERE state = 'reopened' AND note IS NULL;
INSERT INTO found
SELECT 'approval_older', 'approvals', row_id, 'said_on', said_on, CAST(was_on AS VARCHAR) FROM word
WHERE try_cast(said_on AS DATE) < was_on;
INSERT INTO found
SELECT 'approved_already', 'approvals', row_id, 'state', state, place FROM word
WHERE was = 'approved' AND state <> 'reopened' AND NOT again;
INSERT INTO found
SELECT 'own_answers', 'approvals', w.row_id, 'role', any_value(w.role), any_value(w.place)
FROM word AS w
JOIN operation AS o ON o.operation_no = w.operation_no OR (w.operation_no IS NULL AND o.country_no = w.country_no)
JOIN (
    SELECT round, operation, answered_by_role FROM sound_answers
    UNION ALL
    SELECT round, operation, answered_by_role
    FROM answer JOIN round USING (round_no) JOIN operation USING (operation_no)
    SEMI JOIN staged_approvals USING (round)
) AS a ON a.round = w.round AND a.operation = o.operation
WHERE w.state = 'approved' AND NOT w.again AND lower(trim(a.answered_by_role)) = lower(trim(w.role))
GROUP BY w.row_id;
