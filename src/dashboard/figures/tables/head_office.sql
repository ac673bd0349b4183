-- What does the head office answer in one round to some criteria?
SELECT a.operation_no, a.criterion_no, a.status_no
FROM answer AS a
JOIN operation AS o USING (operation_no)
JOIN round AS r USING (round_no)
JOIN criterion AS k USING (criterion_no)
WHERE o.kind <> 'operation' AND r.round = $round AND list_contains($criteria, k.criterion);
