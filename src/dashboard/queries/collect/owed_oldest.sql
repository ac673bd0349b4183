-- Where is the latest answer oldest, with something left? By operation and function, at most 15; `all_n` counts all.
SELECT operation, operation_title, g.function, w.title AS function_title, n_asked, n_left, last_answered_on, step,
    count(*) OVER () AS all_n
FROM owed_cells($framework, $round, $countries, $criteria) AS g
LEFT JOIN wording AS w ON w.id = g.function AND w.language = $lang
WHERE n_left > 0 AND n_left < n_asked
ORDER BY last_answered_on NULLS FIRST, n_left DESC, operation, g.function
LIMIT 15;
