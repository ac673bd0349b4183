-- Which targets does one operation have, and by when are they due?
SELECT {{ stored('targets', 't') }}
FROM figure_target AS t
JOIN operation AS o USING (operation_no)
JOIN framework AS f USING (framework)
LEFT JOIN area AS a ON a.area = t.area
LEFT JOIN round AS r ON r.round = t.round
WHERE o.operation = $operation
ORDER BY f.framework_no, t.kind, a.area_no NULLS FIRST, coalesce(r.ends_on, t.due_on);
