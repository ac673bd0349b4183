-- Which operations still have how much to answer in the round, the most first, and in which functions? At most 40,
-- unless the whole is wanted; columns beginning with `all_` count all.
WITH cells AS MATERIALIZED (FROM owed_cells($framework, $round, $countries, $criteria)),
per_operation AS (
    SELECT operation, operation_title, country, country_title, region, any_value(step) AS step,
        CAST(sum(n_asked) AS BIGINT) AS n_asked,
        CAST(sum(n_left) AS BIGINT) AS n_left, CAST(sum(n_open) AS BIGINT) AS n_open,
            max(last_answered_on) AS last_answered_on,
        list({function: function, n_asked: n_asked, n_left: n_left} ORDER BY function) AS functions
    FROM cells GROUP BY operation, operation_title, country, country_title, region
),
counted AS (
    SELECT count(*) AS all_operations, CAST(sum(n_asked) AS BIGINT) AS all_asked,
        CAST(sum(n_left) AS BIGINT) AS all_left,
        count(*) FILTER (WHERE n_left = n_asked) AS all_silent, count(*) FILTER (WHERE n_left > 0) AS all_owing
    FROM per_operation
)
SELECT * FROM per_operation CROSS JOIN counted
ORDER BY n_left DESC, country = 'GROUP', in_order(region), in_order(country_title), in_order(operation_title), operation
LIMIT CASE WHEN NOT $whole THEN 40 END;
