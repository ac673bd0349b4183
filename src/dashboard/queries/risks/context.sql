-- Which outside facts are on record for the country of one operation? The latest of each, marking old and missing ones.
WITH here AS (SELECT country_no FROM operation WHERE operation = $operation)
SELECT i.indicator, i.title, i.unit, x.value, x.year AS year, x.publisher, x.dataset, x.licence, x.note, i.limit_years,
    coalesce(x.computed, false) AS computed, coalesce(x.state, 'not_recorded') AS state
FROM indicator AS i
LEFT JOIN (FROM figures_on($today) SEMI JOIN here USING (country_no)) AS x USING (indicator)
ORDER BY x.value IS NULL, in_order(i.title), i.indicator;
