-- What has been said about one operation's answer to one criterion in one round? The latest first; `verdict` is that of
-- a reviewer.
WITH said AS (
    SELECT step, NULL AS verdict, status_no, evidence, answered_by_role AS role, answered_on AS said_on, round_no,
        operation_no, criterion_no
    FROM answer
    UNION ALL
    SELECT step, verdict, said.status_no, said.evidence, reviewed_by_role, reviewed_on, round_no, operation_no,
        criterion_no FROM review
    UNION ALL
    SELECT step, verdict, status_no, evidence, role, said_on, round_no, operation_no, criterion_no FROM answer_log
)
SELECT a.step, a.verdict, s.title AS status_title,
    ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] AS evidence,
    a.role, a.said_on
FROM said AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
WHERE r.round = $round AND o.operation = $operation AND k.criterion = $criterion AND s.counts_as <> 'unanswered'
ORDER BY a.step DESC NULLS LAST, a.said_on DESC NULLS LAST, a.verdict IS NULL, a.evidence DESC;
