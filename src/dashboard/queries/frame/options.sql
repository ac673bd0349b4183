-- What can be selected in each filter, under which title, and how much does it cover?
-- `n` counts what `of` says: criteria (for functions, those they lead) or operations.
SELECT 'framework' AS filter, k.framework AS code, w.text AS title, count(*) AS n, 'criteria' AS of,
    any_value(k.framework_no) AS position
FROM criterion_card AS k JOIN wording AS w ON w.id = k.framework AND w.language = $lang
WHERE k.framework IN (SELECT framework FROM participation)
GROUP BY k.framework, w.text
UNION ALL
SELECT 'round', r.round, r.title, count(*), 'operations', -r.position
FROM participation JOIN round AS r USING (round) WHERE framework = $framework GROUP BY r.round, r.title, r.position
UNION ALL
-- A country that this framework or round does not ask is listed too, so that it stays selected from round to round.
SELECT 'country', c.country, c.title, count(DISTINCT operation) FILTER (framework = $framework AND round = $round),
    'operations',
    dense_rank() OVER (ORDER BY c.country = 'GROUP', in_order(c.region), in_order(c.title))
FROM participation JOIN country AS c USING (country) GROUP BY c.country, c.region, c.title
UNION ALL
SELECT 'principle', k.area, k.area_code || ' ' || w.title, count(*), 'criteria', any_value(k.area_no)
FROM area_card AS k JOIN wording AS w ON w.id = k.area AND w.language = $lang
WHERE framework = $framework GROUP BY k.area, k.area_code, w.title
UNION ALL
SELECT 'risk_area', ra.risk_area, w.title, count(k.criterion), 'criteria', 0
FROM risk_area AS ra
JOIN wording AS w ON w.id = ra.risk_area AND w.language = $lang
LEFT JOIN criterion_card AS k ON k.framework = $framework AND list_contains(k.risk_areas, ra.risk_area)
GROUP BY ra.risk_area, w.title
UNION ALL
-- Rights by their common name first, then article by article.
SELECT 'right', t.theme, w.title, count(k.criterion), 'criteria', t.position
FROM theme AS t
JOIN wording AS w ON w.id = t.theme AND w.language = $lang
LEFT JOIN criterion_card AS k ON k.framework = $framework AND list_contains(k.rights, t.theme)
GROUP BY t.theme, w.title, t.position
UNION ALL
SELECT 'right', r."right", r."right" || ' ' || w.title, count(k.criterion), 'criteria', 1000
FROM crc_right AS r
JOIN wording AS w ON w.id = r."right" AND w.language = $lang
LEFT JOIN criterion_card AS k ON k.framework = $framework AND list_contains(k.rights, r."right")
GROUP BY r."right", w.title
UNION ALL
SELECT 'setting', s.setting, w.title, count(k.criterion), 'criteria', s.position
FROM setting AS s
JOIN wording AS w ON w.id = s.setting AND w.language = $lang
LEFT JOIN (
    SELECT target, criterion FROM criterion_link JOIN criterion_card USING (criterion_no)
    WHERE target_type = 'setting' AND framework = $framework
) AS k ON k.target = s.setting
GROUP BY s.setting, w.title, s.position
UNION ALL
SELECT 'function', f."function", w.title, count(k.criterion), 'criteria', f.position
FROM business_function AS f
JOIN wording AS w ON w.id = f."function" AND w.language = $lang
LEFT JOIN criterion_card AS k ON k.framework = $framework AND k.functions[1] = f."function"
GROUP BY f."function", w.title, f.position
ORDER BY filter, position, code;
