-- What stands where on the map? One row a country of the choice: its operations, gravest risk, one outside figure.
-- `at` is where a current figure lies between the lowest and the highest of all countries: 0 to 1, null for words.
WITH here AS (
    SELECT p.country, c.title AS country_title, c.region, count(*) AS n_operations,
        string_agg(o.title, ', ' ORDER BY o.title, o.operation) AS operations
    FROM participation AS p JOIN operation AS o USING (operation_no) JOIN country AS c USING (country_no)
    WHERE p.framework = $framework AND p.round = $round AND list_contains($countries, p.country)
    GROUP BY p.country, c.title, c.region
),
rated AS (
    SELECT country, max(severity) AS severity, count(*) AS n_rated, count(*) FILTER (WHERE severity = top) AS n_gravest,
        string_agg(DISTINCT w.title, ', ' ORDER BY w.title) FILTER (WHERE severity = top) AS gravest
    FROM (
        SELECT *, max(severity) OVER (PARTITION BY country) AS top
        FROM exposure WHERE round = $round AND list_contains($countries, country) AND list_contains($impacts, impact)
    ) AS e
    JOIN wording AS w ON w.id = e.risk_area AND w.language = $lang
    GROUP BY country
),
figures AS (
    SELECT *, min(number) FILTER (WHERE state = 'current') OVER () AS lowest,
        max(number) FILTER (WHERE state = 'current') OVER () AS highest
    FROM figures_on($today) WHERE indicator = $indicator
)
SELECT here.*, row_number() OVER (ORDER BY country = 'GROUP', region, country_title, country) AS country_position,
    severity, n_rated, n_gravest, gravest,
    f.indicator_title, f.unit, f.value, f.number, f.year AS year, f.publisher, f.dataset, f.computed, f.lowest, f.highest,
    coalesce(f.state, 'not_recorded') AS state,
    CASE WHEN f.state = 'current' THEN coalesce((number - lowest) / nullif(highest - lowest, 0), number * 0 + 0.5) END AS at
FROM here
LEFT JOIN rated USING (country)
LEFT JOIN figures AS f USING (country)
ORDER BY country_position;
