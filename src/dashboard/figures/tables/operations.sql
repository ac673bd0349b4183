-- Which operations are there, in list order: by country and title, those of the head office last?
SELECT operation_no, operation, o.title, country, kind <> 'operation' AS head_office
FROM operation AS o JOIN country AS c USING (country_no)
ORDER BY country = 'GROUP', in_order(c.title), in_order(o.title), operation;
