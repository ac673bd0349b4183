-- How did each operation rate each risk in the round? One row per rating.
SELECT e.impact, o.operation_no, e.severity, e.irremediability, e.likelihood
FROM exposure AS e JOIN operation AS o USING (operation)
WHERE e.round = $round
ORDER BY e.impact, o.operation_no;
