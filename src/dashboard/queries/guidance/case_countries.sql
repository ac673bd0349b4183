-- In which countries did cases happen, what is each called if it is one of the group's, and how many cases name it?
SELECT f.country AS case_country, c.title, count(*) AS n
FROM (SELECT unnest(countries) AS country FROM case_study) AS f LEFT JOIN country AS c USING (country)
GROUP BY f.country, c.title
ORDER BY f.country;
