-- What did the operations with a target in a framework answer to it, in every round? One row per answer.
SELECT r.round, c.country, o.operation, a.criterion_no, a.status_no, a.evidence, a.answered_on
FROM answer AS a
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN round AS r USING (round_no)
JOIN criterion AS k USING (criterion_no)
JOIN framework AS f USING (framework_no)
WHERE f.framework = $framework AND o.operation_no
    IN (SELECT operation_no FROM figure_target WHERE framework = $framework)
ORDER BY a.round_no, a.operation_no, a.criterion_no;
