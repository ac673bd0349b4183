-- How many actions of the chosen countries are under way on each impact?
SELECT impact, count(*) AS n_actions FROM todo
WHERE impact IS NOT NULL AND status IN ('open', 'in_progress', 'blocked') AND list_contains($countries, country)
GROUP BY impact ORDER BY impact;
