-- Which guidance shares criteria or risk areas with one case? The greatest overlap first, at most five.
SELECT g.guidance, w.title, g.step, len(list_intersect(g.criteria, c.criteria)) AS n_criteria,
    len(list_intersect(g.risk_areas, c.risk_areas)) AS n_risk_areas
FROM guidance_card AS g
CROSS JOIN (SELECT criteria, risk_areas FROM case_study WHERE case_study = $case_study) AS c
JOIN wording AS w ON w.id = g.guidance AND w.language = $lang
WHERE list_has_any(g.criteria, c.criteria) OR list_has_any(g.risk_areas, c.risk_areas)
ORDER BY n_criteria DESC, n_risk_areas DESC, g.effort, g.position
LIMIT 5;
