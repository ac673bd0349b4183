-- What did some operations answer in some rounds? One row per answer.
SELECT r.round, c.country, o.operation, a.criterion_no, a.status_no, a.evidence, a.answered_on
FROM answer AS a
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN round AS r USING (round_no)
WHERE list_contains($rounds, r.round) AND list_contains($operations, o.operation)
ORDER BY a.round_no, a.operation_no, a.criterion_no;
