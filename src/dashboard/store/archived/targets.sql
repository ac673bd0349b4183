-- Which targets does an archive hold, as rows that could be imported? Those of the group only if all operations are in it.
SELECT t.framework, t.kind, t.area, o.operation, t.percent, t.round, t.due_on, t.baseline, t.owner_role, t.note
FROM figure_target AS t LEFT JOIN operation AS o USING (operation_no)
WHERE CASE WHEN t.operation_no IS NULL THEN $whole ELSE list_contains($operations, o.operation) END
ORDER BY ALL;
