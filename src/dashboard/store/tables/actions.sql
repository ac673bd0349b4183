-- Who takes part in which round, and what is to be done about what?

CREATE OR REPLACE TABLE participation AS
SELECT DISTINCT f.framework, f.framework_no, r.round, r.position AS round_position, c.country, o.operation,
    o.operation_no, o.synthetic
FROM (SELECT DISTINCT round_no, profile_no, framework_no FROM asked JOIN criterion USING (criterion_no)) AS a
JOIN operation AS o USING (profile_no)
JOIN round AS r USING (round_no)
JOIN country AS c USING (country_no)
JOIN framework AS f USING (framework_no);

CREATE OR REPLACE TABLE todo AS
SELECT a.*, c.country, c.title AS country_title, k.framework, k.area,
    coalesce(k.risk_areas, [i.risk_area]) AS risk_areas,
    coalesce(k.rights, x.rights) AS rights
FROM action AS a
JOIN operation USING (operation_no)
JOIN country AS c USING (country_no)
LEFT JOIN criterion_card AS k ON k.criterion = a.criterion
LEFT JOIN impact AS i ON i.impact = a.impact
LEFT JOIN impact_rights AS x ON x.impact = a.impact;
