-- Which cases concern the subject of one piece of guidance? Those that share criteria first, then those that share risk
-- areas.
SELECT c.case_study, w.title, c."where", list_sort(list_intersect(c.criteria, g.criteria)) AS shared
FROM case_card AS c
JOIN (SELECT criteria, risk_areas FROM guidance WHERE guidance = $guidance) AS g
    ON list_has_any(c.criteria, g.criteria) OR list_has_any(c.risk_areas, g.risk_areas)
JOIN wording AS w ON w.id = c.case_study AND w.language = $lang
ORDER BY len(shared) DESC, len(list_intersect(c.risk_areas, g.risk_areas)) DESC, c.position
LIMIT 5;
