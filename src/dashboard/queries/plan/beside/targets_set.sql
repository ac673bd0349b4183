-- Which targets are set in a framework, and by when are they due? Those of the group first.
SELECT t.kind, t.area, o.operation, o.title AS operation_title, c.country,
    -- If a country has one operation, their figures are the same.
    coalesce((SELECT count(*) FROM operation AS other WHERE other.country_no = o.country_no) = 1, false) AS alone,
    t.round, r.title AS round_title, coalesce(r.ends_on, t.due_on) AS due_on, t.percent AS target, t.baseline,
    t.owner_role, t.note
FROM figure_target AS t
LEFT JOIN named_operation AS o USING (operation_no)
LEFT JOIN country AS c ON c.country_no = o.country_no
LEFT JOIN round AS r ON r.round = t.round
LEFT JOIN area AS a ON a.area = t.area
WHERE t.framework = $framework
ORDER BY o.operation_no NULLS FIRST, t.kind, a.area_no NULLS FIRST, due_on;
