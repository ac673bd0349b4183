-- Which publication brought each of some answers?
SELECT r.round, o.operation, k.criterion, a.step
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
WHERE a.step IS NOT NULL
    AND list_contains($rounds, r.round) AND list_contains($operations, o.operation)
        AND list_contains($criteria, k.criterion);
