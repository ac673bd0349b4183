-- What would be scored if the answers were those imagined, and how many points more is that than what is published? One row a
-- country and area; an empty area is all of them, an empty country the mean. With nothing imagined it is what is scored.
WITH kept AS (
    FROM chosen($framework, $round, $countries, $criteria, $within) WHERE kind = $kind
),
sides AS (
    SELECT 'then' AS side, * FROM kept
    UNION ALL
    SELECT 'now', p.* FROM published_score AS p SEMI JOIN kept USING (round, country, criterion_no)
),
folded AS (
    SELECT side, country, coalesce(area, '') AS area, score_of(sum(points), sum(weight_answered)) AS score,
        low_of(sum(points), sum(weight_applicable)) AS low,
        high_of(sum(points), sum(weight_answered), sum(weight_applicable)) AS high,
        reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit),
            any_value(count_below)) AS reading,
        sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil
    FROM sides GROUP BY GROUPING SETS ((side, country), (side, country, area))
),
paired AS (
    SELECT t.* EXCLUDE (side), n.score AS was_score, t.reading = 'score' AND n.reading = 'score' AS measured,
        -- Only a country that has a figure on both sides can be said to have gained.
        t.reading IN ('score', 'count') AND n.reading IN ('score', 'count') AS enters
    FROM folded AS t JOIN folded AS n ON t.side = 'then' AND n.side = 'now' AND n.country = t.country AND n.area = t.area
),
told AS (
    SELECT country, area, reading, CASE WHEN reading IN ('score', 'count') THEN score END AS score, low, high, n_full, n_part, n_nil,
        CASE WHEN measured THEN score - was_score END AS gain, 1 AS n_countries
    FROM paired
    UNION ALL
    SELECT '', area, 'score', avg(score), NULL, NULL, NULL, NULL, NULL, avg(score - was_score), count(*)
    FROM paired WHERE enters AND in_spread($countries, country) GROUP BY area
),
read AS (
    SELECT * EXCLUDE (score, low, high, gain), whole_percent(score) AS percent, whole_percent(low) AS low, whole_percent(high) AS high,
        whole_percent(gain) AS gain
    FROM told
)
SELECT t.country, coalesce(c.title, '') AS country_title, t.area, a.code AS area_code, coalesce(w.title, '') AS area_title,
    t.* EXCLUDE (country, area), b.band, b.title AS band_title
FROM read AS t
LEFT JOIN country AS c USING (country)
LEFT JOIN area AS a USING (area)
LEFT JOIN wording AS w ON w.id = t.area AND w.language = $lang
LEFT JOIN (SELECT band.* FROM band JOIN framework USING (framework_no) WHERE framework = $framework) AS b
    ON t.percent >= b.starts_at AND t.percent < b.ends_at
ORDER BY t.country = '', t.country = 'GROUP', c.region, c.title, a.area_no NULLS FIRST;
