-- Which criteria of other standards are linked to this one, and how strongly?
SELECT f.short_title AS framework_title, k.criterion, w.text, p.strength, p.basis
FROM speaks AS p
JOIN criterion AS c ON c.criterion_no = p.from_no
JOIN criterion_card AS k ON k.criterion_no = p.to_no
JOIN framework AS f ON f.framework = k.framework
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
WHERE c.criterion = $criterion
ORDER BY p.strength, k.framework_no, k.criterion_no;
