-- What are the parts of the standard's figures called: families, areas, and elements with their area? As `number_made`
-- names them.
WITH part AS (
    SELECT area_no, unnest(parts) AS part, generate_subscripts(parts, 1) AS level FROM criterion_area
    UNION SELECT area_no, area, 2 FROM area
),
named AS (
    SELECT f.framework, a.area_no, a.area, a.code, p.level, p.part,
        'part/' || f.framework || '/' || CASE WHEN p.level = 3 THEN p.part[len(a.area) + 4:] ELSE p.part END AS id
    FROM part AS p JOIN area AS a USING (area_no) JOIN framework AS f USING (framework_no)
    WHERE f.framework = $framework AND p.part <> ''
)
SELECT DISTINCT n.part, n.level = 1 AS is_family, CASE
    WHEN n.level = 1 THEN coalesce(own.title, n.part)
    WHEN n.part = n.area THEN n.code || ' ' || aw.title
    ELSE n.code || ' ' || aw.title || ' · ' || coalesce(own.title, n.part[len(n.area) + 4:])
END AS title
FROM named AS n
JOIN wording AS aw ON aw.id = n.area AND aw.language = $lang
LEFT JOIN wording AS own ON own.id = n.id AND own.language = $lang
ORDER BY is_family DESC, n.part, title;
