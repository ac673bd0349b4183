-- How far is each country against one outside figure on it? One row a country of the choice; the two are never mixed.
-- `shown` needs both. `median` is that of the shown figures; `lowest` and `highest` are their ends.
WITH here AS (
    SELECT DISTINCT p.country, c.title AS country_title, c.region
    FROM participation AS p JOIN country AS c USING (country)
    WHERE p.framework = $framework AND p.round = $round AND list_contains($countries, p.country) AND p.country <> 'GROUP'
),
read AS (
    SELECT here.*, f.number, f.value, f.year AS year, f.publisher, f.dataset, f.computed,
        coalesce(f.state, 'not_recorded') AS state, coalesce(a.reading, 'not_covered') AS reading,
        a.* EXCLUDE (country, reading),
        f.number IS NOT NULL AND coalesce(a.reading IN ('score', 'count'), false) AS shown
    FROM here
    LEFT JOIN (FROM figures_on($today) WHERE indicator = $indicator) AS f USING (country)
    LEFT JOIN country_readings($framework, $round, $countries, $criteria, $within, $kind) AS a
        USING (country)
)
SELECT read.*, i.title AS indicator_title, i.unit, i.limit_years,
    row_number() OVER (ORDER BY region, country_title, country) AS country_position,
    median(number) FILTER (WHERE shown) OVER () AS median, min(number) FILTER (WHERE shown) OVER () AS lowest,
    max(number) FILTER (WHERE shown) OVER () AS highest, count(*) FILTER (WHERE shown) OVER () AS n_shown
FROM read LEFT JOIN indicator AS i ON i.indicator = $indicator
ORDER BY country_position;
