-- Which operations may an action be for, starting with those where its criterion or impact needs it most?
-- `need` is the rated severity, or how much of the criterion is missing, from 0 to 4; null if unknown.
SELECT o.operation, o.title AS operation_title, coalesce(
        (SELECT max(e.severity) FROM exposure AS e
            WHERE e.operation = o.operation AND e.impact = $impact AND e.round = $round AND $criterion = ''),
        (SELECT 4 * (1 - a.value)
        FROM counted AS a JOIN criterion AS k USING (criterion_no) JOIN round AS r USING (round_no)
            WHERE a.operation_no = o.operation_no AND k.criterion = $criterion AND r.round = $round)
    ) AS need
FROM named_operation AS o JOIN country AS c USING (country_no)
WHERE o.kind <> 'rest' AND list_contains($countries, c.country) AND o.operation
    IN (SELECT operation FROM participation WHERE framework = $framework)
ORDER BY need DESC NULLS LAST, c.country = 'GROUP', in_order(c.region), in_order(c.title), in_order(o.title),
    o.operation;
