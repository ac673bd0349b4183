-- Which sums make up the figure? One row per country, as anyone can query it from a publication; docs/method.md
-- explains what the sums mean. The head office is left out unless it alone is selected.
WITH kept_score AS (
    SELECT country, country_position, criterion, n_asked, n_applicable, n_answered,
        -- If selected, nothing is in place unless its evidence was seen or checked.
        CASE WHEN $counting = 'seen' THEN points_seen ELSE points END AS points, weight_answered, weight_applicable
    FROM score
    WHERE framework = $framework AND round = $round AND kind = $kind AND list_contains($countries, country)
        AND in_spread($countries, country) AND list_contains($criteria, criterion) AND kept($within, criterion)
),
-- The sums of each operation, where the figure of a country is their mean.
alone AS (
    SELECT country, operation, criterion, CASE WHEN $counting = 'seen' THEN points_seen ELSE points END AS points,
        weight_answered
    FROM score_alone WHERE round = $round
),
-- What each criterion counts in, of family, area and element, where the standard averages them; once in each.
part AS (
    SELECT country, operation, parts, weights, sum(points) / nullif(sum(weight_answered), 0) AS score
    FROM (
        SELECT DISTINCT country, operation, criterion, coalesce(a.points, s.points) AS points,
            coalesce(a.weight_answered, s.weight_answered) AS weight_answered, parts, weights
        FROM kept_score AS s LEFT JOIN alone AS a USING (country, criterion) JOIN criterion_part USING (criterion)
        WHERE kept($areas, area)
    )
    GROUP BY country, operation, parts, weights
),
-- From the smallest parts up; a part without an answer is left out at every level.
of_area AS (
    SELECT country, operation, parts[:2] AS parts, weights[:2] AS weights,
        sum(score * weights[3]) / sum(weights[3]) AS score
    FROM part WHERE score IS NOT NULL GROUP BY country, operation, parts[:2], part.weights[:2]
),
of_family AS (
    SELECT country, operation, parts[1] AS part, weights[1] AS weight,
        sum(score * weights[2]) / sum(weights[2]) AS score
    FROM of_area GROUP BY country, operation, parts[1], of_area.weights[1]
),
of_operation AS (SELECT country, operation, sum(score * weight) / sum(weight) AS score FROM of_family
    GROUP BY country, operation),
figure AS (SELECT country, avg(score) AS score FROM of_operation GROUP BY country)
SELECT country, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
    sum(points) AS points,
    sum(weight_answered) AS weight_answered, sum(weight_applicable) AS weight_applicable, any_value(score) AS score
FROM kept_score LEFT JOIN figure USING (country)
GROUP BY country, country_position
ORDER BY country_position;
