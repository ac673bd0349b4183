-- Which outside figures can the map show, and how many selected countries have each?
-- `numeric`: has a unit, and every figure on record is a number. A year of ratification is a date, not a quantity.
WITH here AS (
    SELECT DISTINCT country FROM participation
    WHERE framework = $framework AND round = $round AND list_contains($countries, country) AND country <> 'GROUP'
),
counted AS (
    SELECT indicator, count(*) AS n, count(number) AS n_numbers, count(here.country) AS n_countries,
        count(here.country) FILTER (WHERE state = 'current') AS n_current
    FROM figures_on($today) LEFT JOIN here USING (country)
    GROUP BY indicator
)
SELECT i.indicator, i.title AS indicator_title, i.unit, len(i.difference_of) > 0 AS computed,
    coalesce(i.unit <> '' AND n_numbers = n, false) AS "numeric", coalesce(n_countries, 0) AS n_countries,
    coalesce(n_current, 0) AS n_current, (SELECT count(*) FROM here) AS n_of
FROM indicator AS i LEFT JOIN counted USING (indicator)
ORDER BY "numeric" DESC, in_order(i.title), i.indicator;
