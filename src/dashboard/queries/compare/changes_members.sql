-- Which operations within the filters are asked in only one of two rounds of the framework? With that round.
SELECT o.operation, o.title AS operation_title, any_value(p.round) AS round
FROM participation AS p JOIN named_operation AS o USING (operation)
WHERE p.framework = $framework AND p.round IN ($round, $earlier) AND list_contains($countries, p.country)
GROUP BY o.operation, o.title HAVING count(*) = 1
ORDER BY in_order(operation_title);
