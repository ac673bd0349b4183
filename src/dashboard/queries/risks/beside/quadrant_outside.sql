-- Which outside figure is on record for each selected country? One row per country, without the head office.
WITH here AS (
    SELECT DISTINCT p.country, c.title AS country_title, c.region
    FROM participation AS p JOIN country AS c USING (country)
    WHERE p.framework = $framework AND p.round = $round AND list_contains($countries, p.country) AND p.country <> 'GROUP'
)
SELECT here.*, f.number, f.value, f.year AS year, f.publisher, f.dataset, f.computed, coalesce(f.state, 'not_recorded') AS state,
    i.title AS indicator_title, i.unit, i.limit_years
FROM here
LEFT JOIN (FROM figures_on($today) WHERE indicator = $indicator) AS f USING (country)
LEFT JOIN indicator AS i ON i.indicator = $indicator
ORDER BY in_order(region), in_order(country_title), country;
