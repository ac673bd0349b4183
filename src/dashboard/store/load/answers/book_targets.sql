-- Which targets do the operations with workbooks have? The key, then the values in the order of the workbook's columns.
SELECT t.framework, t.kind, coalesce(t.area, ''), o.operation, coalesce(t.round, ''), coalesce(CAST(t.due_on AS VARCHAR), ''),
    t.framework, t.kind, t.area, CAST(t.percent AS VARCHAR), t.round, CAST(t.due_on AS VARCHAR), t.baseline, t.owner_role, t.note
FROM figure_target AS t JOIN operation AS o USING (operation_no)
WHERE list_contains($operations, o.operation);
