-- Where is each operation, and what is it called?
SELECT operation_no, operation, o.title, country
FROM named_operation AS o JOIN country AS c USING (country_no)
ORDER BY operation_no;
