-- How far is each country in each area, in respect and in support? One row a kind, country and area; an empty area is all of them.
-- Asked of what is published and of what is imagined, to be set side by side.
WITH folded AS (
    SELECT kind, country, country_title, coalesce(area, '') AS area, any_value(area_no) AS area_no, any_value(area_code) AS area_code,
        score_of(sum(points), sum(weight_answered)) AS score,
        low_of(sum(points), sum(weight_applicable)) AS low,
        high_of(sum(points), sum(weight_answered), sum(weight_applicable)) AS high,
        reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit),
            any_value(count_below)) AS reading,
        percent_of(sum(n_answered), sum(n_applicable)) AS coverage, sum(n_critical_failed) AS n_critical_failed,
        sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil, any_value(country_position) AS country_position
    FROM chosen($framework, $round, $countries, $criteria, $within)
    GROUP BY GROUPING SETS ((kind, country, country_title), (kind, country, country_title, area))
),
read AS (
    SELECT *, CASE WHEN reading IN ('score', 'count') THEN whole_percent(score) END AS percent FROM folded
)
SELECT r.kind, r.country, r.country_title, r.area, CASE WHEN r.area <> '' THEN r.area_code END AS area_code,
    coalesce(w.title, '') AS area_title, r.reading, r.percent, whole_percent(r.low) AS low, whole_percent(r.high) AS high, r.coverage,
    r.n_critical_failed, r.n_full, r.n_part, r.n_nil, b.band, b.title AS band_title
FROM read AS r
LEFT JOIN wording AS w ON w.id = r.area AND w.language = $lang
LEFT JOIN (SELECT band.* FROM band JOIN framework USING (framework_no) WHERE framework = $framework) AS b
    ON r.percent >= b.starts_at AND r.percent < b.ends_at
ORDER BY r.kind, r.country_position, r.area <> '', r.area_no;
