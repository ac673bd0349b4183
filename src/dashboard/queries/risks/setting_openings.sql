-- Which opportunities does a setting hold, rated or not? One row per impact: the most needed first, by need, then
-- reach, then feasibility of a single rating; then those looked for and not found, then those not rated.
WITH rated AS (
    SELECT impact, max(struct_pack(need := need, reach := reach, feasibility := feasibility)) AS best,
        list(operation_title ORDER BY need DESC, reach DESC, feasibility DESC, in_order(operation_title)) AS operations,
        list(need ORDER BY need DESC) AS needs
    FROM chosen_openings($round, $countries, $impacts)
    GROUP BY impact
),
lessened AS (
    SELECT i.impact, list(rtrim(w.text, '.') || CASE WHEN t.setting = i.setting THEN '' ELSE ' (' || s.title || ')' END
        ORDER BY t.impact_position) AS touches
    FROM (SELECT impact, setting, unnest(touches) AS touched FROM impact_card) AS i
    JOIN impact_card AS t ON t.impact = i.touched
    JOIN wording AS w ON w.id = i.touched AND w.language = $lang
    JOIN wording AS s ON s.id = t.setting AND s.language = $lang
    GROUP BY i.impact
)
SELECT s.impact, s.polarity, w.text, i.risk_area, a.title AS risk_area_title, i.age_groups, i.groups, i.stage, s.state,
    s.n_operations,
    s.n_rated, s.n_none_found, s.n_not_rated, r.best.need AS need, r.best.reach AS reach,
    r.best.feasibility AS feasibility,
    r.operations[1:len(list_filter(r.needs, lambda n: n = r.best.need))] AS most_needed_in, l.touches
FROM impacts_said($round, $countries, $impacts) AS s
JOIN impact_card AS i USING (impact)
JOIN wording AS w ON w.id = s.impact AND w.language = $lang
JOIN wording AS a ON a.id = i.risk_area AND a.language = $lang
LEFT JOIN rated AS r ON r.impact = s.impact
LEFT JOIN lessened AS l ON l.impact = s.impact
WHERE i.setting = $of_setting AND s.polarity = 'opportunity'
ORDER BY r.best DESC NULLS LAST, s.state, s.impact_position;
