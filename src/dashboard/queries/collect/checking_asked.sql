-- Which questions from a second role await an answer, oldest first? At most 60; `all_n` counts all.
SELECT o.operation, o.title AS operation_title, k.criterion, coalesce(k.functions[1], '') AS function, x.comment,
    x.reviewed_by_role,
    x.reviewed_on, count(*) OVER () AS all_n
FROM (FROM reviewed WHERE mark = 'asked_back' AND round_no = (SELECT round_no FROM round WHERE round = $round)) AS x
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
WHERE list_contains($countries, c.country) AND $operation IN ('', o.operation)
ORDER BY x.reviewed_on NULLS FIRST, o.operation, k.criterion_no
LIMIT 60;
