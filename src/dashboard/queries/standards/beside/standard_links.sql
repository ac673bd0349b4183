-- What does each criterion of the framework refer to? Rights in their order, everything else by code.
SELECT k.criterion, l.target_type, l.target
FROM criterion_link AS l JOIN criterion_card AS k USING (criterion_no) LEFT JOIN theme AS t ON t.theme = l.target
WHERE k.framework = $framework AND l.target_type IN ('theme', 'right', 'risk_area', 'function', 'setting')
ORDER BY criterion_no, target_type, t.position, target;
