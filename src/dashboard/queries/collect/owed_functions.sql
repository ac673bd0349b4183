-- How much is left to answer in each function in the round? In the order of the functions; criteria without a function
-- come last.
SELECT g.function, w.title, CAST(sum(n_asked) AS BIGINT) AS n_asked, CAST(sum(n_left) AS BIGINT) AS n_left
FROM owed_cells($framework, $round, $countries, $criteria) AS g
LEFT JOIN business_function AS f USING (function)
LEFT JOIN wording AS w ON w.id = g.function AND w.language = $lang
GROUP BY g.function, w.title, f.position
ORDER BY f.position NULLS LAST, g.function;
