-- Which operations are in a country that is not in the list of countries?
INSERT INTO found
SELECT 'unknown_country', 'operations', s.rowid, 'country', s.country, NULL
FROM staged_operations AS s
ANTI JOIN (SELECT country FROM country UNION SELECT country FROM staged_countries) AS known ON known.country = s.country
WHERE s.country IS NOT NULL AND s.kind = 'operation'
UNION ALL
-- GROUP stands for the head office; an operation cannot be in it.
SELECT 'unknown_country', 'operations', rowid, 'country', country, NULL
FROM staged_operations WHERE country = 'GROUP' AND kind = 'operation';
