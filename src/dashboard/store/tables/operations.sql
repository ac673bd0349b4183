-- What is each operation called? By its country, as the only operation there; else by the title that the list gives it.
CREATE OR REPLACE TABLE named_operation AS
SELECT o.* REPLACE (
    CASE WHEN o.kind = 'operation' AND count(*) FILTER (o.kind = 'operation') OVER (PARTITION BY country_no) = 1
        THEN c.title ELSE o.title END AS title
)
FROM operation AS o JOIN country AS c USING (country_no)
ORDER BY o.operation_no;
