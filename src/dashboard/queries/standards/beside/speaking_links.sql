-- Which criteria of other standards relate to one area of this one, how strongly, and by which path? Over two steps, the criterion
-- in between is named, and the weaker of the two links counts.
SELECT s.criterion, min(p.strength) AS strength, min(p.steps) AS steps, list(DISTINCT t.criterion ORDER BY t.criterion) AS speaks_to,
    CASE WHEN min(p.steps) > 1 THEN list_sort(list_distinct(flatten(list(p.via)))) ELSE [] END AS via
FROM speaks AS p JOIN criterion_card AS s ON s.criterion_no = p.from_no JOIN area_card AS t ON t.criterion_no = p.to_no
WHERE p.to_framework = $framework AND t.area = $row_code AND s.kind = $kind AND t.kind = $kind
GROUP BY s.criterion_no, s.criterion
ORDER BY strength, steps, s.criterion_no;
