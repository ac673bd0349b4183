-- Who takes part in which round of which framework, and is any of it illustrative?
SELECT framework, round, country, bool_or(synthetic) AS illustrative
FROM participation GROUP BY framework, round, country ORDER BY framework, round, country;
