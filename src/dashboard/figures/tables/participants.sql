-- Who takes part in which round of which framework?
SELECT DISTINCT framework, round, country FROM participation ORDER BY framework, round, country;
