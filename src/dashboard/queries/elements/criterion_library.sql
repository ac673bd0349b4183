-- Which guidance helps to put a criterion in place, and which cases concern it? The best match first.
SELECT 'guidance' AS what, guidance AS id, w.title, list_position(criteria, $criterion) AS place, position
FROM guidance JOIN wording AS w ON w.id = guidance AND w.language = $lang WHERE list_contains(criteria, $criterion)
UNION ALL
SELECT 'case', case_study, w.title, list_position(criteria, $criterion), position
FROM case_study JOIN wording AS w ON w.id = case_study AND w.language = $lang WHERE list_contains(criteria, $criterion)
ORDER BY what, place, position;
