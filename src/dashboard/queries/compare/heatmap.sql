-- How far is each country in each principle? One row a cell, also where nothing is asked, so that emptiness has a word.
WITH cells AS (
    SELECT country, area, sum(points) AS points, sum(weight_answered) AS weight_answered,
        sum(weight_applicable) AS weight_applicable, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable,
        sum(n_answered) AS n_answered, sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known,
        sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil,
        sum(n_critical_failed) AS n_critical_failed, sum(n_evidence_seen + n_evidence_checked) AS n_seen
    FROM chosen($framework, $round, $countries, $criteria, $within)
    WHERE kind = $kind
    GROUP BY country, area
),
read AS (
    SELECT *, titles[$lang] AS area_title,
        reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading,
        percent_of(points, weight_answered) AS percent,
        whole_percent(low_of(points, weight_applicable)) AS low,
        whole_percent(high_of(points, weight_answered, weight_applicable)) AS high
    FROM frame LEFT JOIN cells USING (country, area)
    WHERE framework = $framework AND round = $round AND list_contains($countries, country) AND kept($principle, area)
),
banded AS (
    SELECT *, CASE WHEN reading IN ('score', 'count') THEN band_at(bands, percent) END AS b FROM read
)
SELECT country, country_title, country_position, area, area_code, area_title, area_no AS area_position, reading, percent,
    low, high, b.band AS band, b.title AS band_title, n_asked, n_applicable, n_answered, n_not_applicable, n_not_known,
    n_full, n_part, n_nil, n_critical_failed, n_seen
FROM banded
ORDER BY country_position, area_position;
