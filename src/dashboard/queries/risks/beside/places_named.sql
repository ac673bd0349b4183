-- What is at each place on the map? One row per selected country: its operations, and one outside figure.
-- `at` is the position of a current figure between the lowest and highest of all countries: 0 to 1, null for words.
WITH here AS (
    SELECT p.country, c.title AS country_title, c.region, count(*) AS n_operations,
        string_agg(o.title, ', ' ORDER BY in_order(o.title), o.operation) AS operations
    FROM participation AS p JOIN named_operation AS o USING (operation_no) JOIN country AS c USING (country_no)
    WHERE p.framework = $framework AND p.round = $round AND list_contains($countries, p.country)
    GROUP BY p.country, c.title, c.region
),
figures AS (
    SELECT *, min(number) FILTER (WHERE state = 'current') OVER () AS lowest,
        max(number) FILTER (WHERE state = 'current') OVER () AS highest
    FROM figures_on($today) WHERE indicator = $indicator
)
SELECT here.*, row_number()
    OVER (ORDER BY country = 'GROUP', in_order(region), in_order(country_title), country) AS country_position,
    f.indicator_title, f.unit, f.value, f.number, f.year AS year, f.publisher, f.dataset, f.computed, f.lowest,
    f.highest,
    coalesce(f.state, 'not_recorded') AS state,
    CASE WHEN f.state = 'current'
        THEN coalesce((number - lowest) / nullif(highest - lowest, 0), number * 0 + 0.5) END AS at
FROM here
LEFT JOIN figures AS f USING (country)
ORDER BY country_position;
