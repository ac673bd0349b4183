-- What do answers to the other standards say about the areas of this one? One row an area and framework that is read: the
-- framework's own answers, and those of another that speak to it. A projected reading is not an answer and counts nowhere.
WITH ties AS (
    SELECT t.area AS row_code, p.from_framework AS column_code, s.criterion_no, min(p.strength) AS strength, min(p.steps) AS steps
    FROM speaks AS p JOIN criterion_card AS s ON s.criterion_no = p.from_no JOIN criterion_card AS t ON t.criterion_no = p.to_no
    WHERE p.to_framework = $framework AND s.kind = $kind AND t.kind = $kind
    GROUP BY t.area, p.from_framework, s.criterion_no
),
strengths AS (
    SELECT row_code, column_code, count(*) FILTER (WHERE strength = 'primary') AS n_primary,
        count(*) FILTER (WHERE strength = 'secondary') AS n_secondary, count(*) FILTER (WHERE steps = 2) AS n_two_steps,
        min(strength) AS strongest, max(strength) AS weakest
    FROM ties GROUP BY row_code, column_code
),
readings AS (
    SELECT 'own' AS reading_of, g.* FROM grid_figures('area', $framework, $round, $countries, $criteria, $kind) AS g
    WHERE framework = $framework
    UNION ALL
    SELECT 'projected', g.* FROM grid_figures('read:' || $framework, $framework, $round, $countries, $criteria, $kind) AS g
)
SELECT a.area AS code, a.code AS area_code, w.title AS code_title, a.area_no AS position, g.reading_of, f.framework, f.short_title AS framework_title,
    g.round, o.title AS round_title, g.reading, g.percent, g.low, g.high, g.n_units, g.n_shown, g.n_answered, g.n_applicable,
    g.n_seen, g.n_critical_failed, coalesce(s.n_primary, 0) AS n_primary, coalesce(s.n_secondary, 0) AS n_secondary,
    coalesce(s.n_two_steps, 0) AS n_two_steps, s.strongest, s.weakest
FROM readings AS g
JOIN area AS a ON a.area = g.row_code
JOIN wording AS w ON w.id = a.area AND w.language = $lang
JOIN framework AS f ON f.framework = g.column_code
JOIN round AS o ON o.round = g.round
LEFT JOIN strengths AS s ON s.row_code = g.row_code AND s.column_code = g.column_code AND g.reading_of = 'projected'
WHERE a.area IN (SELECT area FROM chosen_criteria($framework, $criteria))
ORDER BY a.area_no, g.reading_of, f.framework_no;
