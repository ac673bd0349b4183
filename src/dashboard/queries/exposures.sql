-- Which risk areas hold the gravest rated impacts, and how well do answers cover them? Gravity first, then the second
-- key (the mean of scale, scope and irremediability), then likelihood; never a product.
WITH rated AS (
    SELECT * FROM exposure WHERE round = $round AND kept($country, country) AND kept($risk_area, risk_area)
),
by_area AS (
    SELECT risk_area, max(severity) AS severity, max(second_key) AS second_key, max(likelihood) AS likelihood,
        count(DISTINCT country) AS n_countries_rated, count(*) AS n_rated
    FROM rated GROUP BY risk_area
),
gravest AS (
    SELECT risk_area, count(DISTINCT country) AS n_countries_gravest
    FROM rated JOIN by_area USING (risk_area) WHERE rated.severity = by_area.severity GROUP BY risk_area
),
answered AS (
    SELECT risk_area, sum(points) AS points, sum(weight_answered) AS weight_answered, sum(n_asked) AS n_asked,
        sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered, sum(n_not_known) AS n_not_known,
        any_value(coverage_limit) AS coverage_limit, any_value(count_below) AS count_below, any_value(framework_no) AS framework_no
    FROM (
        SELECT *, unnest(risk_areas) AS risk_area FROM chosen($framework, $round, $country, $principle, $risk_area, $criterion)
        WHERE kind = 'respect' AND in_spread($country, country)
    ) AS c
    GROUP BY risk_area
)
SELECT by_area.risk_area, w.title AS risk_area_title, by_area.severity, likelihood, n_countries_rated, n_countries_gravest, n_rated,
    coalesce(reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below), 'not_covered') AS reading,
    percent_of(points, weight_answered) AS percent, percent_of(n_answered, n_applicable) AS coverage,
    n_answered, n_applicable, b.band, b.title AS band_title
FROM by_area
JOIN gravest USING (risk_area)
JOIN wording AS w ON w.id = by_area.risk_area AND w.language = $lang
LEFT JOIN answered USING (risk_area)
LEFT JOIN band AS b ON b.framework_no = answered.framework_no
    AND percent_of(points, weight_answered) >= b.starts_at AND percent_of(points, weight_answered) < b.ends_at
ORDER BY by_area.severity DESC, percent_of(points, weight_answered) IS NOT NULL, percent_of(points, weight_answered), second_key DESC,
    likelihood DESC, by_area.risk_area
LIMIT 5;
