-- What does the list of countries say, as a file would? Without the head office, which no list names.
SELECT country, nullif(title, country) AS title, region, formerly
FROM country
WHERE country <> 'GROUP'
ORDER BY country_no;
