-- Which actions does one operation have, what does each concern, and which are still open? Those come first.
SELECT {{ stored('actions', 'a') }},
    w.text AS subject, k.framework, s.title AS expected_title
FROM action AS a
JOIN operation AS o USING (operation_no)
LEFT JOIN criterion_card AS k USING (criterion)
LEFT JOIN scale AS s ON s.scale_no = k.scale_no AND s.status = a.expected_status
LEFT JOIN wording AS w ON w.id = coalesce(a.criterion, a.impact) AND w.language = $lang
WHERE o.operation = $operation
ORDER BY a.status IN ('done', 'dropped'), a.due_on, a.action;
