-- What operations said about impacts: one row per rated risk or opportunity. Impacts not found have no row; see
-- impact_state.
CREATE OR REPLACE TABLE exposure AS
SELECT r.round, c.country, c.title AS country_title, o.operation, o.title AS operation_title, i.impact, i.risk_area,
    i.risk_areas, i.setting, i.rights, severity_of(g.scale, g.scope, g.irremediability) AS severity,
    (g.scale + g.scope + g.irremediability) / 3.0 AS second_key, g.* EXCLUDE (round_no, operation_no, impact, found)
FROM risk_rating AS g
JOIN round AS r USING (round_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN impact_card AS i USING (impact)
WHERE g.found
ORDER BY r.position, severity DESC, second_key DESC, likelihood DESC, c.title, o.title, i.impact_position;

CREATE OR REPLACE TABLE opening AS
SELECT r.round, c.country, c.title AS country_title, o.operation, o.title AS operation_title, i.impact, i.risk_area,
    i.risk_areas, i.setting, i.rights, g.* EXCLUDE (round_no, operation_no, impact, found)
FROM opportunity_rating AS g
JOIN round AS r USING (round_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN impact_card AS i USING (impact)
WHERE g.found
ORDER BY r.position, c.title, o.title, i.impact_position;
