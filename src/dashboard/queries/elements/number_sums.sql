-- Which sums make up the figure? One row per country, as anyone can query it from a publication; docs/method.md explains what the sums
-- mean. The head office is left out unless it alone is selected.
WITH kept_score AS (
    SELECT country, country_position, criterion, n_asked, n_applicable, n_answered,
        -- If selected, nothing is in place unless its evidence was seen or checked.
        CASE WHEN $counting = 'seen' THEN points_seen ELSE points END AS points, weight_answered, weight_applicable
    FROM score
    WHERE framework = $framework AND round = $round AND kind = $kind AND list_contains($countries, country)
        AND in_spread($countries, country) AND list_contains($criteria, criterion) AND kept($within, criterion)
),
-- A standard averages its criteria together, or its areas; in the latter case, each criterion counts in every area it belongs to.
part AS (
    SELECT country, points, weight_answered,
        unnest(CASE WHEN average_of = 'areas' THEN [one FOR one IN areas IF kept($areas, one)] ELSE [''] END) AS part
    FROM kept_score JOIN criterion_card USING (criterion) JOIN framework USING (framework)
),
figure AS (
    SELECT country, avg(score) AS score
    FROM (SELECT country, sum(points) / nullif(sum(weight_answered), 0) AS score FROM part GROUP BY country, part)
    GROUP BY country
)
SELECT country, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered, sum(points) AS points,
    sum(weight_answered) AS weight_answered, sum(weight_applicable) AS weight_applicable, any_value(score) AS score
FROM kept_score LEFT JOIN figure USING (country)
GROUP BY country, country_position
ORDER BY country_position;
