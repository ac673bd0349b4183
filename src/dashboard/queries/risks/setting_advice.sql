-- Which guidance and which cases belong to a setting, within the filters? Easiest first.
SELECT 'guidance' AS what, g.guidance AS code, w.title, g.step AS word, g.position
FROM guidance_card AS g JOIN wording AS w ON w.id = g.guidance AND w.language = $lang
WHERE list_contains(g.settings, $of_setting) AND list_contains($library, g.guidance)
UNION ALL
SELECT 'case', c.case_study, w.title, c.case_kind, c.position
FROM case_card AS c JOIN wording AS w ON w.id = c.case_study AND w.language = $lang
WHERE list_contains(c.settings, $of_setting) AND list_contains($library, c.case_study)
ORDER BY what DESC, position;
