-- Which countries are folded together elsewhere? Every sum is that of one country, so that an engine need not hold them
-- all at once.
CREATE OR REPLACE TEMP TABLE folding AS
WITH counted AS (
    SELECT country_no, count(operation_no) AS n
    FROM (SELECT DISTINCT country_no FROM touched)
    LEFT JOIN (FROM answer JOIN operation USING (operation_no)) USING (country_no)
    GROUP BY country_no
)
SELECT country_no, 1 + CAST(floor((sum(n) OVER (ORDER BY country_no) - n) / $most) AS INTEGER) AS part FROM counted;
