-- By which functions and settings can guidance be kept, and how much is there of each?
SELECT 'function' AS field, f.function AS code, w.title, count(g.guidance) AS n
FROM business_function AS f
JOIN wording AS w ON w.id = f.function AND w.language = $lang
LEFT JOIN guidance_card AS g ON list_contains(g.functions, f.function)
GROUP BY f.function, w.title, f.position
UNION ALL
SELECT 'setting', s.setting, w.title, count(g.guidance)
FROM setting AS s
JOIN wording AS w ON w.id = s.setting AND w.language = $lang
LEFT JOIN guidance_card AS g ON list_contains(g.settings, s.setting)
GROUP BY s.setting, w.title, s.position
ORDER BY field, title, code;
