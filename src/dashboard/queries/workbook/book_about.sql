-- Which operation and round is a workbook for? No row if the operation is asked nothing in that round. An empty
-- operation keeps all.
SELECT o.operation, o.title AS operation_title, r.round, r.title AS round_title, o.synthetic,
    EXISTS (FROM short_start AS s WHERE s.operation_no = o.operation_no AND s.round_no = r.round_no) AS short
FROM named_operation AS o CROSS JOIN round AS r
WHERE $operation IN ('', o.operation) AND r.round = $round
    AND EXISTS (FROM participation AS p WHERE p.operation = o.operation AND p.round = $round)
ORDER BY in_order(operation_title), o.operation;
