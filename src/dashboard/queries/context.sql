-- Which outside facts are recorded for the country of one operation? The latest of each; old ones say so, missing ones too.
WITH here AS (SELECT country_no FROM operation WHERE operation = $operation)
SELECT i.indicator, i.title, i.unit, x.value, x.year AS year, x.publisher, x.dataset, x.licence, x.note,
    i.limit_years, CASE WHEN x.value IS NULL THEN 'not_recorded' WHEN year($today) - x.year > i.limit_years THEN 'old' ELSE 'current' END AS state
FROM indicator AS i
LEFT JOIN (
    SELECT * FROM context SEMI JOIN here USING (country_no)
    QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY year DESC) = 1
) AS x USING (indicator)
ORDER BY x.value IS NULL, i.title;
