-- Which settings are there, who meets children in each, and in which of the selected operations is it present?
-- At most twelve operations are named, unless the whole is wanted.
WITH here AS (
    SELECT DISTINCT o.operation, o.title, o.services
    FROM participation AS p JOIN named_operation AS o USING (operation)
    WHERE p.round = $round AND list_contains($countries, p.country) AND o.kind = 'operation'
),
present AS (
    SELECT s.setting, count(*) AS n_operations,
        list(h.title ORDER BY in_order(h.title), h.operation)[1:CASE WHEN $whole THEN -1 ELSE 12 END] AS operations
    FROM setting AS s JOIN here AS h ON len(s.services) = 0 OR list_has_any(s.services, h.services)
    GROUP BY s.setting
),
led AS (
    SELECT setting, list(w.title ORDER BY place) AS functions
    FROM (SELECT setting, unnest(functions) AS function, generate_subscripts(functions, 1) AS place FROM setting)
    JOIN wording AS w ON w.id = function AND w.language = $lang
    GROUP BY setting
)
SELECT s.setting, w.title AS setting_title, w.text AS first_question, s.exposed, s.services, l.functions,
    coalesce(p.n_operations, 0) AS n_operations, p.operations, (SELECT count(*) FROM here) AS n_chosen
FROM setting AS s
JOIN wording AS w ON w.id = s.setting AND w.language = $lang
LEFT JOIN led AS l USING (setting)
LEFT JOIN present AS p USING (setting)
ORDER BY s.position;
