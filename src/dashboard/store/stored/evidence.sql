-- What evidence do some answers and actions have, as rows that could be imported again?
SELECT coalesce(r.round, '') AS round, coalesce(o.operation, '') AS operation, coalesce(k.criterion, '') AS criterion,
    coalesce(e.action, '') AS action,
    e.title, e.link, e.document, CAST(e.dated_on AS VARCHAR) AS dated_on, e.page, e.holder,
    CASE WHEN e.confidential THEN 'true' ELSE '' END AS confidential
FROM evidence_item AS e
LEFT JOIN round AS r USING (round_no)
LEFT JOIN operation AS o USING (operation_no)
LEFT JOIN criterion AS k USING (criterion_no)
WHERE list_contains($rounds, coalesce(r.round, '')) AND list_contains($operations, coalesce(o.operation, ''))
    AND list_contains($criteria, coalesce(k.criterion, '')) AND list_contains($actions, coalesce(e.action, ''))
ORDER BY e.round_no, e.operation_no, e.criterion_no, e.action, e.position;
