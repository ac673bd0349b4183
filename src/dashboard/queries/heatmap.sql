-- How far is each country in each principle? One row a cell, also where nothing is asked, so that emptiness has a word.
-- With `common`, only criteria count that every shown country has answered.
WITH picked AS (
    SELECT * FROM chosen($framework, $round, $country, $principle, $risk_area) WHERE kind = $kind
),
shared AS (
    SELECT criterion_no FROM picked WHERE country <> 'GROUP' GROUP BY criterion_no
    HAVING count(*) FILTER (WHERE n_answered > 0) = (SELECT count(DISTINCT country) FROM picked WHERE country <> 'GROUP')
),
cells AS (
    SELECT country, area, sum(points) AS points, sum(weight_answered) AS weight_answered,
        sum(weight_applicable) AS weight_applicable, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable,
        sum(n_answered) AS n_answered, sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known,
        sum(n_unanswered) AS n_unanswered, sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil,
        sum(n_critical_failed) AS n_critical_failed, sum(n_evidence_seen + n_evidence_checked) AS n_seen
    FROM picked WHERE NOT $common OR criterion_no IN (SELECT criterion_no FROM shared)
    GROUP BY country, area
),
grid AS (
    SELECT country, country_title, country_position, area, area_no, area_code, framework_no, coverage_limit, count_below
    FROM (SELECT DISTINCT country, country_title, country_position FROM picked)
    CROSS JOIN (
        SELECT DISTINCT area, area_no, area_code, framework_no, coverage_limit, count_below FROM criterion_card
        WHERE framework = $framework AND kept($principle, area)
    )
),
read AS (
    SELECT *, reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading,
        percent_of(points, weight_answered) AS percent,
        round(100 * low_of(points, weight_applicable)) AS low,
        round(100 * high_of(points, weight_answered, weight_applicable)) AS high
    FROM grid LEFT JOIN cells USING (country, area)
)
SELECT country, country_title, area, area_code, w.title AS area_title, reading, percent AS percent,
    low AS low, high AS high,
    CASE WHEN reading IN ('score', 'count') THEN b.band END AS band, b.title AS band_title,
    coalesce(n_asked, 0) AS n_asked, coalesce(n_applicable, 0) AS n_applicable,
    coalesce(n_answered, 0) AS n_answered, coalesce(n_not_applicable, 0) AS n_not_applicable,
    coalesce(n_not_known, 0) AS n_not_known, coalesce(n_unanswered, 0) AS n_unanswered,
    coalesce(n_full, 0) AS n_full, coalesce(n_part, 0) AS n_part,
    coalesce(n_nil, 0) AS n_nil, coalesce(n_critical_failed, 0) AS n_critical_failed,
    coalesce(n_seen, 0) AS n_seen,
    country_position, read.area_no AS area_position
FROM read
JOIN wording AS w ON w.id = area AND w.language = $lang
LEFT JOIN band AS b
    ON b.framework_no = read.framework_no AND percent >= b.starts_at AND percent < b.ends_at
ORDER BY country_position, area_position;
