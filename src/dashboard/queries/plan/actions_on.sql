-- Which actions concern a criterion or an impact in the countries that the filters keep, and who owns them? Those still
-- to do come first.
SELECT t.action, o.operation, o.title AS operation_title, coalesce(t.criterion, t.impact) AS subject, t.owner_role,
    t.due_on, t.status, t.status IN ('open', 'in_progress', 'blocked') AS live,
    t.status IN ('open', 'in_progress', 'blocked') AND t.due_on < $today AS overdue
FROM todo AS t JOIN named_operation AS o USING (operation_no)
WHERE list_contains($countries, t.country)
ORDER BY live DESC, t.due_on, t.action;
