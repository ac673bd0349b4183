-- Which comments are on something unknown, lack a value, hold an invalid date, repeat another, or would change a closed round?
INSERT INTO found
WITH t AS (SELECT rowid AS row_id, * FROM staged_comments),
needed AS (
    SELECT row_id, unnest(['role', 'said_on', 'text']) AS col, unnest([role, said_on, text]) AS said FROM t
)
SELECT 'unknown_round', 'comments', row_id, 'round', t.round, NULL FROM t ANTI JOIN round AS r ON r.round = t.round
UNION ALL
SELECT 'unknown_operation', 'comments', row_id, 'operation', t.operation, NULL FROM t ANTI JOIN operation AS o ON o.operation = t.operation
UNION ALL
SELECT 'unknown_criterion', 'comments', row_id, 'criterion', t.criterion, NULL FROM t ANTI JOIN criterion AS c ON c.criterion = t.criterion
UNION ALL
SELECT 'missing_value', 'comments', row_id, col, NULL, NULL FROM needed WHERE said IS NULL
UNION ALL
SELECT 'bad_date', 'comments', row_id, 'said_on', said_on, 'YYYY-MM-DD' FROM t
WHERE said_on IS NOT NULL AND try_cast(said_on AS DATE) IS NULL
UNION ALL
SELECT 'future_date', 'comments', row_id, 'said_on', said_on, CAST($today + 1 AS VARCHAR) FROM t WHERE try_cast(said_on AS DATE) > $today + 1
UNION ALL
SELECT 'duplicate_row', 'comments', row_id, 'text', text, NULL FROM t
QUALIFY row_number() OVER (PARTITION BY round, operation, criterion, role, said_on, text ORDER BY row_id) > 1;
INSERT INTO found
SELECT 'round_closed', 'comments', s.row_id, 'round', s.round, NULL
FROM sound_comments AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN criterion AS c ON c.criterion = s.criterion
ANTI JOIN answer_comment AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND k.role = s.role AND k.said_on = try_cast(s.said_on AS DATE) AND k.text = s.text;
