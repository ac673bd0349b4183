-- Which items of evidence belong to nothing, hold an invalid address, or would change a closed round or what is
-- approved? A row without a title and anything else withdraws what its answer or action had.
INSERT INTO found
WITH t AS (SELECT rowid AS row_id, * FROM staged_evidence)
SELECT 'whose_evidence', 'evidence', row_id, 'criterion', criterion, NULL FROM t
WHERE (criterion IS NULL) = (action IS NULL)
UNION ALL
SELECT 'unknown_action', 'evidence', row_id, 'action', action, NULL
FROM t ANTI JOIN (SELECT action FROM action UNION SELECT action FROM sound_actions) AS a USING (action)
WHERE action IS NOT NULL
UNION ALL
-- Somebody follows it: an address that carries a password, or is none, is refused.
SELECT 'bad_link', 'evidence', row_id, 'link', link, 'https://…'
FROM t WHERE {{ no_link('link') }};
-- All rows of an answer or action together replace what it had: while one of them stays out, all do. Of two that are
-- alike, one counts.
INSERT INTO found
SELECT 'evidence_kept', 'evidence', t.row_id, 'title', t.title, NULL
FROM sound_evidence AS t
JOIN (SELECT s.* FROM staged_evidence AS s
    JOIN found AS f ON f.form = 'evidence' AND f.row_id = s.rowid AND f.kind <> 'duplicate_row') AS bad
    ON (t.round, t.operation, t.criterion, t.action)
    IS NOT DISTINCT FROM (bad.round, bad.operation, bad.criterion, bad.action)
JOIN evidence_item AS e
    ON coalesce(t.action = e.action,
    t.criterion = (SELECT criterion FROM criterion AS c WHERE c.criterion_no = e.criterion_no)
        AND t.operation = (SELECT operation FROM operation AS o WHERE o.operation_no = e.operation_no)
        AND t.round = (SELECT round FROM round AS r WHERE r.round_no = e.round_no))
GROUP BY ALL;
INSERT INTO found
SELECT CASE WHEN w.closed THEN 'round_closed' ELSE 'approved_before' END, 'evidence', s.row_id, 'round', s.round,
    CASE WHEN NOT w.closed THEN s.operation END
FROM sound_evidence AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion = s.criterion
LEFT JOIN evidence_item AS k ON k.round_no = r.round_no AND k.operation_no = o.operation_no
    AND k.criterion_no = c.criterion_no
GROUP BY ALL
HAVING NOT bool_or(row(k.title, k.link, k.document, k.dated_on, k.page, k.holder, k.confidential)
    IS NOT DISTINCT FROM row(s.title, s.link, s.document, try_cast(s.dated_on AS DATE), s.page, s.holder,
        CASE WHEN s.title IS NOT NULL THEN coalesce(lower(s.confidential) = 'true', false) END));
