-- Which operations have answered nothing of what is asked in the round? At most 100; `all_n` counts all.
SELECT operation, operation_title, country_title, CAST(sum(n_asked) AS BIGINT) AS n_asked, count(*) OVER () AS all_n
FROM owed_cells($framework, $round, $countries, $criteria)
GROUP BY operation, operation_title, country, country_title, region
HAVING sum(n_left) = sum(n_asked)
ORDER BY country = 'GROUP', in_order(region), in_order(country_title), in_order(operation_title), operation
LIMIT 100;
