-- Which actions do the operations with workbooks have? The key, then the values in the order of the workbook's columns.
SELECT o.operation, a.action, a.criterion, a.impact, a.text, a.owner_role, CAST(a.due_on AS VARCHAR), a.status, a.priority, a.reason, a.expected_status,
    a.effort, a.cost, a.cause
FROM action AS a JOIN operation AS o USING (operation_no)
WHERE list_contains($operations, o.operation);
