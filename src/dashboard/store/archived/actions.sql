-- Which actions does an archive hold, as rows that could be imported?
SELECT t.action, o.operation, t.text, t.owner_role, t.due_on, t.round, t.criterion, t.impact, t.status, t.priority, t.reason, t.expected_status,
    t.effort, t.cost, t.cause
FROM action AS t JOIN operation AS o USING (operation_no)
WHERE list_contains($operations, o.operation)
ORDER BY t.action;
