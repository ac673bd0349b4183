-- What may be chosen in each filter, under which title, and how much is behind it?
-- `n` counts criteria for frameworks, principles, risk areas and rights, and operations for rounds and countries.
SELECT 'framework' AS filter, k.framework AS code, w.text AS title, count(*) AS n, any_value(k.framework_no) AS position
FROM criterion_card AS k JOIN wording AS w ON w.id = k.framework AND w.language = $lang
WHERE k.framework IN (SELECT framework FROM participation)
GROUP BY k.framework, w.text
UNION ALL
SELECT 'round', r.round, r.title, count(*), -r.position
FROM participation JOIN round AS r USING (round) WHERE framework = $framework GROUP BY r.round, r.title, r.position
UNION ALL
SELECT 'country', c.country, c.title, count(DISTINCT operation),
    dense_rank() OVER (ORDER BY c.country = 'GROUP', c.region, c.title)
FROM participation JOIN country AS c USING (country)
WHERE framework = $framework AND round = $round GROUP BY c.country, c.region, c.title
UNION ALL
SELECT 'principle', k.area, k.area_code || ' ' || w.title, count(*), any_value(k.area_no)
FROM criterion_card AS k JOIN wording AS w ON w.id = k.area AND w.language = $lang
WHERE framework = $framework GROUP BY k.area, k.area_code, w.title
UNION ALL
SELECT 'risk_area', ra.risk_area, w.title, count(k.criterion), 0
FROM risk_area AS ra
JOIN wording AS w ON w.id = ra.risk_area AND w.language = $lang
LEFT JOIN criterion_card AS k ON k.framework = $framework AND list_contains(k.risk_areas, ra.risk_area)
GROUP BY ra.risk_area, w.title
UNION ALL
-- Rights by their common name first, then article by article.
SELECT 'right', t.theme, w.title, count(k.criterion), t.position
FROM theme AS t
JOIN wording AS w ON w.id = t.theme AND w.language = $lang
LEFT JOIN criterion_card AS k ON k.framework = $framework AND list_contains(k.rights, t.theme)
GROUP BY t.theme, w.title, t.position
UNION ALL
SELECT 'right', r."right", r."right" || ' ' || w.title, count(k.criterion), 1000
FROM crc_right AS r
JOIN wording AS w ON w.id = r."right" AND w.language = $lang
LEFT JOIN criterion_card AS k ON k.framework = $framework AND list_contains(k.rights, r."right")
GROUP BY r."right", w.title
ORDER BY filter, position, code;
