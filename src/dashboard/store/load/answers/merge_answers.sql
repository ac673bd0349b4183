-- Which rows does one round have? What is given, what is kept, and unanswered for whatever else is asked.
-- Round by round: sorted in one piece, 10 million answers exceed the allowed memory and take a third longer.

INSERT INTO answer
SELECT * FROM given WHERE round_no = $round_no
UNION ALL
SELECT * FROM kept WHERE round_no = $round_no
UNION ALL
SELECT a.round_no, o.operation_no, a.criterion_no, blank.status_no, 0, NULL, NULL, NULL, NULL, NULL
FROM asked AS a
JOIN operation AS o USING (profile_no)
JOIN renewed AS n ON n.round_no = a.round_no AND n.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion_no = a.criterion_no
JOIN scale AS blank ON blank.scale_no = c.scale_no AND blank.counts_as = 'unanswered'
LEFT JOIN said AS s ON s.round_no = a.round_no AND s.operation_no = o.operation_no
ANTI JOIN kept AS k ON k.round_no = a.round_no AND k.operation_no = o.operation_no AND k.criterion_no = a.criterion_no
WHERE a.round_no = $round_no AND (s.criteria IS NULL OR get_bit(s.criteria, a.criterion_no) = 0)
ORDER BY operation_no, criterion_no;
