-- What are the things called that a file can name? `within` is the framework of a criterion or a status.
SELECT 'operation' AS what, operation AS code, title, '' AS within FROM named_operation
UNION ALL
SELECT 'round', round, title, '' FROM round
UNION ALL
SELECT 'country', country, title, '' FROM country
UNION ALL
SELECT 'framework', framework, w.text, '' FROM framework JOIN wording AS w ON w.id = framework AND w.language = $lang
UNION ALL
SELECT 'area', a.area, a.code || ' ' || w.title, ''
FROM area AS a JOIN wording AS w ON w.id = a.area AND w.language = $lang
UNION ALL
SELECT 'criterion', k.criterion, w.text, k.framework
FROM criterion_card AS k JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
UNION ALL
SELECT 'impact', i.impact, w.text, '' FROM impact AS i JOIN wording AS w ON w.id = i.impact AND w.language = $lang
UNION ALL
SELECT 'status', s.status, arg_min(s.title, s.status_no), f.framework
FROM scale AS s JOIN framework AS f USING (framework_no) GROUP BY s.status, f.framework
ORDER BY what, code, within;
