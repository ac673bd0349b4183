-- What is the figure summed from? One row a country, as anybody can ask it of a publication; what the sums mean stands in
-- docs/method.md. The head office is left out unless it alone is chosen.
WITH part AS (
    SELECT country, country_position, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        -- With nothing in place unless its evidence was seen or checked, where that is chosen.
        sum(CASE WHEN $counting = 'seen' THEN points_seen ELSE points END) AS points,
        sum(weight_answered) AS weight_answered, sum(weight_applicable) AS weight_applicable
    FROM score JOIN framework USING (framework)
    WHERE framework = $framework AND round = $round AND kind = $kind AND list_contains($countries, country)
        AND in_spread($countries, country) AND list_contains($criteria, criterion) AND kept($within, criterion)
    -- A standard averages its criteria all together, or its areas.
    GROUP BY country, country_position, CASE WHEN average_of = 'areas' THEN area END
)
SELECT country, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered, sum(points) AS points,
    sum(weight_answered) AS weight_answered, sum(weight_applicable) AS weight_applicable,
    avg(points / nullif(weight_answered, 0)) AS score
FROM part
GROUP BY country, country_position
ORDER BY country_position;
