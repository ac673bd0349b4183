-- Which countries does an archive hold, as rows that could be imported? Those of its operations.
SELECT c.country, c.title, c.region
FROM country AS c
WHERE c.country_no IN (SELECT country_no FROM operation WHERE list_contains($operations, operation))
ORDER BY c.country;
