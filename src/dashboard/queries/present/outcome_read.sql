-- What are the titles of the guidance and cases that a group has opened?
SELECT 'guidance' AS what, guidance AS code, w.title
FROM guidance_card JOIN wording AS w ON w.id = guidance AND w.language = $lang
WHERE list_contains($looked, guidance)
UNION ALL
SELECT 'case', case_study, w.title
FROM case_study JOIN wording AS w ON w.id = case_study AND w.language = $lang
WHERE list_contains($looked, case_study);
