-- Every impact in every round and operation that has its setting: rated, none_found or not_rated, which are three
-- different things.
CREATE OR REPLACE VIEW impact_state AS
SELECT p.round, p.country, p.operation, i.impact, i.risk_area, i.risk_areas, i.setting, i.polarity, i.rights,
    CASE WHEN g.found THEN 'rated' WHEN NOT g.found THEN 'none_found' ELSE 'not_rated' END AS state,
    g.basis, g.rated_by_role, g.rated_on
FROM (SELECT DISTINCT round, country, operation FROM participation) AS p
JOIN operation AS o USING (operation)
JOIN round AS r USING (round)
JOIN impact_card AS i ON len(i.services) = 0 OR list_has_any(i.services, o.services)
LEFT JOIN (
    SELECT round_no, operation_no, impact, found, basis, rated_by_role, rated_on FROM risk_rating
    UNION ALL
    SELECT round_no, operation_no, impact, found, basis, rated_by_role, rated_on FROM opportunity_rating
) AS g ON g.round_no = r.round_no AND g.operation_no = o.operation_no AND g.impact = i.impact
WHERE o.kind = 'operation' OR g.impact IS NOT NULL;

-- The same counted by country: how many operations have the setting of an impact, and what they said about it.
-- Operations are counted by profile, not one by one: with thousands of them the list above is long.
CREATE OR REPLACE TABLE impact_tally AS
WITH offering AS (
    SELECT p.round, p.country, o.services, count(*) AS n
    FROM (SELECT DISTINCT round, country, operation FROM participation) AS p JOIN operation AS o USING (operation)
    WHERE o.kind = 'operation' GROUP BY p.round, p.country, o.services
),
having_it AS (
    SELECT f.round, f.country, i.impact, sum(f.n) AS n_operations
    FROM offering AS f JOIN impact_card AS i ON len(i.services) = 0 OR list_has_any(i.services, f.services)
    GROUP BY f.round, f.country, i.impact
),
said AS (
    SELECT r.round, c.country, g.impact, count(*) FILTER (WHERE found) AS n_rated,
        count(*) FILTER (WHERE NOT found) AS n_none_found
    FROM (
        SELECT round_no, operation_no, impact, found FROM risk_rating
        UNION ALL SELECT round_no, operation_no, impact, found FROM opportunity_rating
    ) AS g
    JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no) JOIN country AS c USING (country_no)
    GROUP BY r.round, c.country, g.impact
)
SELECT round, country, impact, coalesce(n_operations, 0) AS n_operations, coalesce(n_rated, 0) AS n_rated,
    coalesce(n_none_found, 0) AS n_none_found
FROM having_it FULL JOIN said USING (round, country, impact)
ORDER BY round, country, impact;
