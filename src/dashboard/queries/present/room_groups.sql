-- Which groups can people in a room join: which business functions and which countries are there?
SELECT 'function' AS grouped_by, f.function AS code, w.title, f.position
FROM business_function AS f JOIN wording AS w ON w.id = f.function AND w.language = $lang
UNION ALL
SELECT 'country', country, title, row_number() OVER (ORDER BY in_order(title)) FROM country WHERE country <> 'GROUP'
ORDER BY grouped_by, position, code;
