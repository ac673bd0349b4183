-- Which actions are still to be done, and which impacts does each affect?
SELECT t.action, t.operation_no, t.country, t.country_title, t.criterion, t.impact, i.bears_on, t.text, t.status,
    t.due_on, t.owner_role
FROM todo AS t
LEFT JOIN (
    SELECT t.action, list(i.impact ORDER BY i.impact) AS bears_on FROM todo AS t
    JOIN impact_card AS i ON i.impact = t.impact OR list_contains(i.criteria, t.criterion)
    GROUP BY t.action
) AS i USING (action)
WHERE t.status IN ('open', 'in_progress', 'blocked')
ORDER BY t.action;
