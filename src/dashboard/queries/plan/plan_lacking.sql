-- Which criteria are not in place and have no action? One row per operation and criterion: critical ones first, then by
-- how much is missing. An empty operation keeps all of them.
SELECT k.criterion, o.operation, o.title AS operation_title
FROM counted AS a
JOIN round AS r ON r.round_no = a.round_no AND r.round = $round
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
WHERE a.value < 1 AND list_contains($countries, c.country) AND ($operation = '' OR o.operation = $operation)
    AND NOT EXISTS (FROM todo AS t WHERE t.operation_no = a.operation_no AND t.criterion = k.criterion
        AND t.status IN ('open', 'in_progress', 'blocked'))
ORDER BY k.critical DESC, a.value, in_order(o.title), o.operation, k.criterion_no
LIMIT 100;
