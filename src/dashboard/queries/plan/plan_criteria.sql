-- Which criteria can an action be for? Those of the framework that the filters keep, and the one in view.
SELECT k.criterion, w.text, k.scale_no
FROM criterion_card AS k
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
WHERE framework = $framework AND (k.criterion = $criterion OR list_contains($criteria, k.criterion))
ORDER BY k.criterion_no;
