-- What is left to answer, by operation and function, complete, as a table to hand out?
SELECT $framework AS framework, $round AS round, country, operation, operation_title, g.function,
    w.title AS function_title, n_asked,
    n_asked - n_left AS n_answered, n_left, last_answered_on, step, n_open
FROM owed_cells($framework, $round, $countries, $criteria) AS g
LEFT JOIN business_function AS f USING (function)
LEFT JOIN wording AS w ON w.id = g.function AND w.language = $lang
ORDER BY country = 'GROUP', in_order(country_title), in_order(operation_title), operation, f.position NULLS LAST,
    g.function;
