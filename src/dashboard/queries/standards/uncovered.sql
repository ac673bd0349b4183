-- What does the framework not cover? Areas of other frameworks that nothing in it relates to, and rights, risk areas
-- and settings that none of its criteria serves.
WITH mine AS (SELECT * FROM criterion_card WHERE framework = $framework),
linked AS (SELECT DISTINCT column_code FROM bond SEMI JOIN mine ON list_contains(mine.areas, row_code)
    WHERE grid NOT IN ('rights', 'risk_area', 'function'))
SELECT 'area' AS what, f.short_title AS of, a.area AS code, a.code || ' ' || w.title AS title, a.area_no AS position
FROM area AS a
JOIN framework AS f USING (framework_no)
JOIN wording AS w ON w.id = a.area AND w.language = $lang
WHERE f.framework <> $framework AND a.area NOT IN (FROM linked)
UNION ALL
SELECT 'right', NULL, t.theme, w.title, t.position
FROM theme AS t JOIN wording AS w ON w.id = t.theme AND w.language = $lang
WHERE NOT EXISTS (FROM mine WHERE list_contains(mine.rights, t.theme))
UNION ALL
SELECT 'risk_area', NULL, r.risk_area, w.title, 0
FROM risk_area AS r JOIN wording AS w ON w.id = r.risk_area AND w.language = $lang
WHERE NOT EXISTS (FROM mine WHERE list_contains(mine.risk_areas, r.risk_area))
UNION ALL
SELECT 'setting', NULL, s.setting, w.title, 0
FROM setting AS s JOIN wording AS w ON w.id = s.setting AND w.language = $lang
WHERE s.setting NOT
    IN (SELECT target FROM criterion_link SEMI JOIN mine USING (criterion_no) WHERE target_type = 'setting')
ORDER BY what, of, position, code;
