-- Which rows does one round have? What is given, what is kept, and unanswered for whatever else is asked.
-- Round by round: sorted in one piece, 10 million answers exceed the allowed memory and take a third longer.

CREATE OR REPLACE TEMP MACRO stepped(of_round, this_step) AS TABLE
SELECT g.* EXCLUDE (row_id), CASE
    WHEN sc.counts_as = 'unanswered' THEN NULL
    WHEN r.said IS NULL THEN this_step
    -- Evidence that a reviewer has seen does not make the answer somebody else's.
    WHEN r.said = hash(g.status_no, {{ stored('answers', 'g', 'evidence') }}) THEN r.step ELSE this_step
END AS step
FROM (FROM given WHERE round_no = of_round) AS g
JOIN scale AS sc USING (status_no)
LEFT JOIN (FROM replaced WHERE round_no = of_round) AS r
    ON r.operation_no = g.operation_no AND r.criterion_no = g.criterion_no;

INSERT INTO answer_log
SELECT r.round_no, r.operation_no, r.criterion_no, r.step, NULL, r.status_no, r.evidence, r.answered_by_role,
    r.answered_on
FROM (FROM replaced WHERE round_no = $round_no) AS r
JOIN scale AS sc ON sc.status_no = r.status_no AND sc.counts_as <> 'unanswered'
JOIN stepped($round_no, $step) AS g ON g.operation_no = r.operation_no AND g.criterion_no = r.criterion_no
WHERE g.step IS DISTINCT FROM r.step OR g.evidence IS DISTINCT FROM r.evidence
ORDER BY r.operation_no, r.criterion_no;

-- Files mostly come by round and operation already: then nothing is sorted, since reading one operation needs no more.
SET VARIABLE in_order = (
    SELECT coalesce(bool_and(in_order), true) FROM (
        SELECT first_row > lag(last_row) OVER (ORDER BY operation_no) AS in_order FROM said WHERE round_no = $round_no
    )
);
INSERT INTO answer BY NAME FROM stepped($round_no, $step) WHERE getvariable('in_order');

INSERT INTO answer BY NAME
SELECT * FROM stepped($round_no, $step) WHERE NOT getvariable('in_order')
UNION ALL BY NAME
SELECT * FROM kept WHERE round_no = $round_no
UNION ALL BY NAME
-- Whatever else an answer says is null.
SELECT a.round_no, o.operation_no, a.criterion_no, blank.status_no, 0 AS evidence
FROM asked AS a
JOIN operation AS o USING (profile_no)
JOIN renewed AS n ON n.round_no = a.round_no AND n.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion_no = a.criterion_no
JOIN scale AS blank ON blank.scale_no = c.scale_no AND blank.counts_as = 'unanswered'
LEFT JOIN said AS s ON s.round_no = a.round_no AND s.operation_no = o.operation_no
ANTI JOIN kept AS k ON k.round_no = a.round_no AND k.operation_no = o.operation_no AND k.criterion_no = a.criterion_no
WHERE a.round_no = $round_no AND (s.criteria IS NULL OR get_bit(s.criteria, a.criterion_no) = 0)
ORDER BY operation_no, criterion_no;
