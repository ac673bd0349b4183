-- For which operations and rounds can a workbook be made? An empty operation or round keeps all.
SELECT DISTINCT p.operation, o.title AS operation_title, p.round, r.title AS round_title,
    p.country = 'GROUP' AS head_office, coalesce(o.language, '') AS language, r.position
FROM participation AS p JOIN named_operation AS o USING (operation_no) JOIN round AS r USING (round)
WHERE o.kind <> 'rest' AND $operation IN ('', p.operation) AND $round IN ('', p.round)
    AND list_contains($countries, p.country)
ORDER BY head_office, in_order(operation_title), p.operation, r.position DESC;
