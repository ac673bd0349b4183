-- Which outside figures does an archive hold, as rows that could be imported? Those of its countries.
SELECT c.country, x.indicator, x.year, x.value, x.publisher, x.dataset, x.licence, x.note
FROM context AS x JOIN country AS c USING (country_no)
WHERE c.country_no IN (SELECT country_no FROM operation WHERE list_contains($operations, operation))
ORDER BY ALL;
