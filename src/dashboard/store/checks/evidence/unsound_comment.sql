-- Which comments would change a closed round?
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
