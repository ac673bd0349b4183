-- What does one action say, whatever the filters keep?
SELECT t.action, o.operation, o.title AS operation_title, t.country, t.round, t.criterion, t.impact, t.text,
    t.owner_role, t.due_on,
    t.status, t.priority, t.reason, t.expected_status, t.effort, t.cost, t.cause
FROM todo AS t JOIN named_operation AS o USING (operation_no)
WHERE t.action = $action;
