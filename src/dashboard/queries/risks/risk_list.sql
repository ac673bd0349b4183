-- Which rated risks are gravest, and how far are they covered? Grave and uncovered first: the priority gap. One row an impact.
SELECT i.impact, i.impact_position, w.text, i.risk_area, a.title AS risk_area_title, i.setting, s.title AS setting_title,
    i.age_groups, i.groups, i.stage, i.basis, i.citation, f.functions, g.* EXCLUDE (impact),
    (SELECT count(*) FROM todo AS t WHERE t.impact = i.impact AND list_contains($countries, t.country)
        AND t.status IN ('open', 'in_progress', 'blocked')) AS n_actions
FROM risks_covered($framework, $round, $countries, $impacts) AS g
JOIN impact_card AS i USING (impact)
JOIN wording AS w ON w.id = i.impact AND w.language = $lang
JOIN wording AS a ON a.id = i.risk_area AND a.language = $lang
JOIN wording AS s ON s.id = i.setting AND s.language = $lang
LEFT JOIN (
    SELECT impact, list(w.title ORDER BY w.title) AS functions
    FROM (SELECT impact, unnest(functions) AS function FROM impact_card) JOIN wording AS w ON w.id = function AND w.language = $lang
    GROUP BY impact
) AS f USING (impact)
ORDER BY g.gap_order;
