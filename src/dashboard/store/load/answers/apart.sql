-- Which step brought each row, if several are published together? All rows carry `$together`, the number of the first.
CREATE OR REPLACE TEMP TABLE apart AS
SELECT r.round_no, o.operation_no, c.criterion_no, k.step, a.row_id IS NOT NULL AS answers
FROM (SELECT unnest(CAST($keys AS STRUCT(round VARCHAR, operation VARCHAR, criterion VARCHAR, step INTEGER)[])) AS k)
JOIN round AS r ON r.round = k.round
JOIN operation AS o ON o.operation = k.operation
JOIN criterion AS c ON c.criterion = k.criterion
LEFT JOIN sound_answers AS a ON a.round = k.round AND a.operation = k.operation AND a.criterion = k.criterion;

UPDATE answer SET step = a.step FROM apart AS a
WHERE answer.step = $together AND answer.round_no = a.round_no AND answer.operation_no = a.operation_no
    AND answer.criterion_no = a.criterion_no;

UPDATE review SET step = a.step FROM apart AS a
WHERE review.step = $together AND review.round_no = a.round_no AND review.operation_no = a.operation_no
    AND review.criterion_no = a.criterion_no;

UPDATE answer_comment SET step = a.step FROM apart AS a
WHERE answer_comment.step = $together AND answer_comment.round_no = a.round_no
    AND answer_comment.operation_no = a.operation_no AND answer_comment.criterion_no = a.criterion_no;

UPDATE brought SET step = a.step
FROM (SELECT round_no, operation_no, max(step) AS step FROM apart WHERE answers GROUP BY ALL) AS a
WHERE brought.step = $together AND brought.round_no = a.round_no AND brought.operation_no = a.operation_no;
