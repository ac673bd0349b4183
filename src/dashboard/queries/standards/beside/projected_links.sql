-- Through how many criteria, how strongly and over how many steps do the other standards relate to each area of this one?
WITH ties AS (
    SELECT t.area, p.from_framework, s.criterion_no, min(p.strength) AS strength, min(p.steps) AS steps
    FROM speaks AS p JOIN criterion_card AS s ON s.criterion_no = p.from_no JOIN area_card AS t ON t.criterion_no = p.to_no
    WHERE p.to_framework = $framework AND s.kind = $kind AND t.kind = $kind
    GROUP BY t.area, p.from_framework, s.criterion_no
)
SELECT area, from_framework, count(*) FILTER (WHERE strength = 'primary') AS n_primary,
    count(*) FILTER (WHERE strength = 'secondary') AS n_secondary, count(*) FILTER (WHERE steps = 2) AS n_two_steps,
    min(strength) AS strongest, max(strength) AS weakest
FROM ties GROUP BY area, from_framework ORDER BY area, from_framework;
