-- How does the framework meet another framework, the rights, the risk areas or the functions? One row a cell, also the blank
-- ones. `against` is a framework's id, `rights`, `risk_area` or `function`. The figure is that of the framework in view.
WITH across AS (
    SELECT area AS code, a.code || ' ' || w.title AS title, area_no AS position
    FROM area AS a JOIN framework USING (framework_no) JOIN wording AS w ON w.id = area AND w.language = $lang
    WHERE framework = $against
    UNION ALL
    SELECT theme, w.title, position FROM theme JOIN wording AS w ON w.id = theme AND w.language = $lang WHERE $against = 'rights'
    UNION ALL
    SELECT risk_area, w.title, 0 FROM risk_area JOIN wording AS w ON w.id = risk_area AND w.language = $lang
    WHERE $against = 'risk_area' AND kept($risk_area, risk_area)
    UNION ALL
    SELECT function, w.title, position FROM business_function JOIN wording AS w ON w.id = function AND w.language = $lang
    WHERE $against = 'function'
),
counted AS (
    SELECT row_code, column_code, count(*) AS n_criteria
    FROM cell JOIN criterion_card AS k USING (criterion_no)
    WHERE grid = $against AND k.framework = $framework AND k.kind = $kind AND list_contains($criteria, k.criterion)
    GROUP BY row_code, column_code
)
SELECT DISTINCT c.code AS row_code, c.title AS row_title, dense_rank() OVER (ORDER BY c.position, c.code) AS row_position,
    f.area AS column_code, f.area_title AS column_title, f.area_code AS column_mark, f.area_no AS column_position, b.strength, b.basis,
    coalesce(n.n_criteria, 0) AS n_criteria,
    CASE WHEN b.strength IS NULL THEN 'no_link' ELSE coalesce(g.reading, 'not_covered') END AS reading,
    g.percent, g.lowest, g.highest, g.low, g.high, g.n_units, g.n_shown, g.n_applicable, g.n_answered, g.n_not_applicable,
    g.n_full, g.n_part, g.n_nil, g.n_critical_failed, g.n_seen, g.shade, g.band_title
FROM (
    SELECT DISTINCT k.area, k.area_no, k.area_code, w.title AS area_title
    FROM criterion_card AS k JOIN wording AS w ON w.id = k.area AND w.language = $lang
    WHERE k.framework = $framework AND kept($principle, k.area)
) AS f
CROSS JOIN across AS c
LEFT JOIN bond AS b ON b.grid = $against AND b.row_code = f.area AND b.column_code = c.code
LEFT JOIN counted AS n ON n.row_code = f.area AND n.column_code = c.code
LEFT JOIN (
    SELECT * FROM grid_figures($against, $framework, $round, $countries, $criteria, $kind)
    WHERE framework = $framework
) AS g ON g.row_code = f.area AND g.column_code = c.code
ORDER BY row_position, column_position;
