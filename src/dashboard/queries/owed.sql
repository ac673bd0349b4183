-- Which operations owe how much in the round, the most first, and with which functions? At most 40; those beginning with `all_` count all.
WITH cells AS MATERIALIZED (FROM owed_cells($framework, $round, $country, $principle, $risk_area, $right)),
per_operation AS (
    SELECT operation, operation_title, country, country_title, region, any_value(step) AS step, sum(n_asked) AS n_asked,
        sum(n_left) AS n_left, sum(n_open) AS n_open, max(last_answered_on) AS last_answered_on,
        list({function: function, n_asked: n_asked, n_left: n_left} ORDER BY function) AS functions
    FROM cells GROUP BY operation, operation_title, country, country_title, region
)
SELECT *, count(*) OVER () AS all_operations, sum(n_asked) OVER () AS all_asked, sum(n_left) OVER () AS all_left,
    sum(n_open) OVER () AS all_open, count(*) FILTER (WHERE n_left = n_asked) OVER () AS all_silent,
    count(*) FILTER (WHERE n_left > 0) OVER () AS all_owing
FROM per_operation
ORDER BY n_left DESC, country = 'GROUP', region, country_title, operation_title, operation
LIMIT 40;
