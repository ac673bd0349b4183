-- Which guidance and which cases belong to a setting, within the principles, risk areas and rights of the bar? Easiest first.
SELECT 'guidance' AS what, g.guidance AS code, w.title, g.step AS word, g.position
FROM guidance_card AS g JOIN wording AS w ON w.id = g.guidance AND w.language = $lang
WHERE kept_any($setting, g.settings) AND kept_any($principle, g.areas) AND kept_any($risk_area, g.risk_areas)
    AND kept_any($right, g.rights)
UNION ALL
SELECT 'case', c.case_study, w.title, c.case_kind, c.position
FROM chosen_cases([], [], [], $setting, $principle, $risk_area, $right) AS c
JOIN wording AS w ON w.id = c.case_study AND w.language = $lang
ORDER BY what DESC, position;
