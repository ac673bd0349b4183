-- How are the sound items of evidence written? Those of one answer or action replace what it had; without a title there
-- is none.
CREATE TEMP TABLE given_evidence AS
SELECT r.round_no, o.operation_no, c.criterion_no,
    row_number() OVER (PARTITION BY r.round_no, o.operation_no, c.criterion_no, s.action ORDER BY s.row_id) AS position,
    {{ typed('evidence', 's') }}
FROM sound_evidence AS s
LEFT JOIN round AS r ON r.round = s.round AND s.action IS NULL
LEFT JOIN operation AS o ON o.operation = s.operation AND s.action IS NULL
LEFT JOIN criterion AS c ON c.criterion = s.criterion
-- Sound rows of a closed round, and of what is approved, only repeat what is there.
ANTI JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no;

DELETE FROM evidence_item AS e USING given_evidence AS g
WHERE (e.round_no, e.operation_no, e.criterion_no, e.action)
    IS NOT DISTINCT FROM (g.round_no, g.operation_no, g.criterion_no, g.action);
INSERT INTO evidence_item BY NAME
FROM given_evidence WHERE title IS NOT NULL ORDER BY round_no, operation_no, criterion_no, action, position;
DROP TABLE given_evidence;
