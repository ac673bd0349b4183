-- Which risks and opportunities can one operation rate in one round, how did it rate them, and how in its last earlier
-- round?
WITH rated AS (
    SELECT r.round, r.title AS round_title, r.position, g.* EXCLUDE (round_no, operation_no)
    FROM (FROM risk_rating UNION ALL BY NAME FROM opportunity_rating) AS g
    JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    WHERE o.operation = $operation
),
last AS (
    SELECT * FROM rated WHERE position < (SELECT position FROM round WHERE round = $round)
    QUALIFY row_number() OVER (PARTITION BY impact ORDER BY position DESC) = 1
)
SELECT i.impact, i.polarity, w.text, CASE WHEN w.state IN ('draft', 'stale') THEN en.text END AS english,
    ra.title AS risk_area_title, st.title AS setting_title,
    now.* EXCLUDE (round, round_title, position, impact), last.found AS last_found, last.scale AS last_scale,
    last.scope AS last_scope, last.irremediability AS last_irremediability, last.likelihood AS last_likelihood,
    last.reach AS last_reach, last.need AS last_need, last.feasibility AS last_feasibility,
    last.round_title AS last_round
FROM impact_state AS i
JOIN impact_card AS c USING (impact)
JOIN wording AS w ON w.id = i.impact AND w.language = $lang
JOIN wording AS en ON en.id = i.impact AND en.language = 'en'
JOIN wording AS ra ON ra.id = i.risk_area AND ra.language = $lang
JOIN wording AS st ON st.id = i.setting AND st.language = $lang
LEFT JOIN rated AS now ON now.impact = i.impact AND now.round = i.round
LEFT JOIN last ON last.impact = i.impact
WHERE i.operation = $operation AND i.round = $round
ORDER BY i.polarity DESC, in_order(st.title), c.impact_position;
