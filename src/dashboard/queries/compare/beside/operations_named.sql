-- Where is each operation, and what is it called in a list of answers? `who` is its country, unless that has several operations.
SELECT operation_no, operation, o.title, country, CASE WHEN count(*) OVER (PARTITION BY country_no) = 1 THEN c.title ELSE o.title END AS who
FROM operation AS o JOIN country AS c USING (country_no)
ORDER BY operation_no;
