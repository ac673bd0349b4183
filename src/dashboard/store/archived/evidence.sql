-- Which evidence does an archive hold, as rows that could be imported? Of what is confidential, only the title.
SELECT e.title, CASE WHEN NOT e.confidential THEN e.link END AS link, CASE WHEN NOT e.confidential THEN e.document END AS document,
    r.round, o.operation, k.criterion, e.action, e.dated_on, CASE WHEN NOT e.confidential THEN e.page END AS page,
    CASE WHEN NOT e.confidential THEN e.holder END AS holder, e.confidential
FROM evidence_item AS e
LEFT JOIN round AS r USING (round_no)
LEFT JOIN operation AS o USING (operation_no)
LEFT JOIN criterion AS k USING (criterion_no)
LEFT JOIN action AS t ON t.action = e.action
LEFT JOIN operation AS p ON p.operation_no = t.operation_no
WHERE list_contains($operations, coalesce(o.operation, p.operation))
ORDER BY r.position, o.operation, k.criterion, e.action, e.position;
