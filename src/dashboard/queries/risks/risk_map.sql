-- Where does the business meet risks and opportunities? One row per setting, risk area and kind for which there is an
-- impact: the highest severity of its rated risks, the greatest need of its rated opportunities, and why it is empty if
-- it is.
WITH named AS (
    SELECT setting, risk_area, polarity, count(*) AS n_impacts
    FROM impact_card WHERE list_contains($impacts, impact)
    GROUP BY setting, risk_area, polarity
),
said AS (
    SELECT setting, risk_area, polarity, count(*) FILTER (WHERE n_rated > 0) AS n_rated,
        count(*) FILTER (WHERE n_rated = 0 AND n_none_found > 0) AS n_none_found, sum(n_operations) AS n_operations
    FROM (
        SELECT impact, sum(n_rated) AS n_rated, sum(n_none_found) AS n_none_found, sum(n_operations) AS n_operations
        FROM impact_tally WHERE round = $round AND list_contains($countries, country) GROUP BY impact
    )
    JOIN impact_card USING (impact)
    WHERE list_contains($impacts, impact)
    GROUP BY setting, risk_area, polarity
),
graded AS (
    SELECT setting, risk_area, 'risk' AS polarity, max(severity) AS grade
    FROM chosen_risks($round, $countries, $impacts) GROUP BY setting, risk_area
    UNION ALL
    SELECT setting, risk_area, 'opportunity', max(need)
    FROM chosen_openings($round, $countries, $impacts) GROUP BY setting, risk_area
)
SELECT n.setting, s.title AS setting_title, t.position AS setting_position, n.risk_area, a.title AS risk_area_title,
    dense_rank() OVER (ORDER BY n.risk_area) AS risk_area_position, n.polarity, g.grade, n.n_impacts,
    coalesce(x.n_rated, 0) AS n_rated, coalesce(x.n_none_found, 0) AS n_none_found,
    CASE
        WHEN g.grade IS NOT NULL THEN 'rated'
        WHEN coalesce(x.n_operations, 0) = 0 THEN 'absent'
        WHEN x.n_none_found = n.n_impacts THEN 'none_found'
        ELSE 'not_rated'
    END AS state
FROM named AS n
JOIN setting AS t ON t.setting = n.setting
JOIN wording AS s ON s.id = n.setting AND s.language = $lang
JOIN wording AS a ON a.id = n.risk_area AND a.language = $lang
LEFT JOIN said AS x ON x.setting = n.setting AND x.risk_area = n.risk_area AND x.polarity = n.polarity
LEFT JOIN graded AS g ON g.setting = n.setting AND g.risk_area = n.risk_area AND g.polarity = n.polarity
ORDER BY setting_position, n.risk_area, n.polarity DESC;
