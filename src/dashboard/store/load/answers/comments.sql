-- How are the sound comments written? Each once, after those that are there: nobody changes what somebody said.
INSERT INTO answer_comment BY NAME
SELECT r.round_no, o.operation_no, c.criterion_no, {{ typed('comments', 's') }}, $step AS step
FROM sound_comments AS s
JOIN round AS r USING (round)
JOIN operation AS o USING (operation)
JOIN criterion AS c USING (criterion)
ANTI JOIN answer_comment AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND k.role = s.role AND k.said_on = CAST(s.said_on AS DATE) AND k.text = s.text
ORDER BY s.row_id;
