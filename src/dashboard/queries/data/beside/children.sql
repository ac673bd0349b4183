-- How many children live in each selected country, by the outside figure on record? One row per country, without the
-- head office.
SELECT f.country, f.number, CAST(f.year AS SMALLINT) AS year, f.publisher, f.dataset
FROM figure AS f
WHERE f.indicator = 'child_population' AND f.number > 0 AND list_contains($countries, f.country)
ORDER BY f.country;
