-- Which open actions have a due date, for each operation? Filters do not count.
SELECT t.action, t.text, t.due_on, t.due_on < $today AS overdue, t.owner_role, o.operation, o.title AS operation_title,
    c.country
FROM action AS t
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
WHERE t.status IN ('open', 'in_progress', 'blocked') AND t.due_on IS NOT NULL AND o.kind <> 'rest'
ORDER BY t.due_on, t.action;
