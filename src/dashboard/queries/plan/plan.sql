-- Which actions are within the filters, what does each concern, and which are overdue or without an owner? Open actions
-- come first. An empty operation keeps all of them.
SELECT t.action, o.operation, o.title AS operation_title, t.country, t.round, t.criterion, t.impact,
    w.text AS subject_text, t.text,
    t.owner_role, t.due_on, t.status, t.priority, t.reason, t.expected_status,
    t.effort, t.cost, t.cause, t.status IN ('open', 'in_progress', 'blocked') AS live,
    t.status IN ('open', 'in_progress', 'blocked') AND t.due_on < $today AS overdue,
    t.status IN ('open', 'in_progress', 'blocked') AND t.owner_role IS NULL AS unowned
FROM chosen_actions($framework, $criteria, $impacts) AS t
JOIN named_operation AS o USING (operation_no)
LEFT JOIN wording AS w ON w.id = coalesce(t.criterion, t.impact) AND w.language = $lang
WHERE list_contains($countries, t.country) AND ($operation = '' OR o.operation = $operation)
ORDER BY live DESC, t.due_on, t.action;
