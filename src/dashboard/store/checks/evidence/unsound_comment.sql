-- Which comments would change a closed round, or what is approved?
INSERT INTO found
SELECT CASE WHEN w.closed THEN 'round_closed' ELSE 'approved_before' END, 'comments', s.row_id, 'round', s.round,
    CASE WHEN NOT w.closed THEN s.operation END
FROM sound_comments AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion = s.criterion
ANTI JOIN answer_comment AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND k.role = s.role AND k.said_on = try_cast(s.said_on AS DATE) AND k.text = s.text;
