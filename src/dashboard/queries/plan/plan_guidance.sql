-- What guidance is there for starting an action on a criterion or an impact? Guidance for the criterion first, then by
-- least effort; for an impact, guidance on criteria that address it, in its setting first.
WITH subject AS (
    SELECT $criterion AS first_criterion, [$criterion] AS criteria, '' AS setting WHERE $criterion <> ''
    UNION ALL
    SELECT '', criteria, setting FROM impact_card WHERE impact = $impact AND $criterion = ''
)
SELECT g.guidance, g.title, g.step, g.this_month[1] AS first_step, w.title AS leads
FROM subject AS s
JOIN guidance_card AS g ON list_has_any(g.criteria, s.criteria)
LEFT JOIN wording AS w ON w.id = g.functions[1] AND w.language = $lang
ORDER BY g.criteria[1] = s.first_criterion DESC, list_contains(g.settings, s.setting) DESC,
    CASE WHEN s.setting = '' THEN 0 ELSE len(list_intersect(g.criteria, s.criteria)) END DESC, g.effort, g.position;
