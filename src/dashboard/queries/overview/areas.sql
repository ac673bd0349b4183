-- Where is the group strong and where weak? One row a principle and kind: the mean and the spread over countries.
WITH by_country AS (
    SELECT area, area_no, area_code, kind, country, country_title, score_of(sum(points), sum(weight_answered)) AS score,
        sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_critical_failed) AS n_critical_failed,
        reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit),
            any_value(count_below)) AS reading
    FROM chosen($framework, $round, $countries, $criteria, $within)
    WHERE kind = $kind AND in_spread($countries, country)
    GROUP BY area, area_no, area_code, kind, country, country_title
),
folded AS (
    SELECT area, area_no, area_code, kind,
        whole_percent(avg(score) FILTER (WHERE reading IN ('score', 'count'))) AS mean,
        whole_percent(min(score) FILTER (WHERE reading IN ('score', 'count'))) AS lowest,
        whole_percent(max(score) FILTER (WHERE reading IN ('score', 'count'))) AS highest,
        count(*) FILTER (WHERE reading IN ('score', 'count')) AS n_shown,
        count(*) AS n_countries, sum(n_answered) AS n_answered, sum(n_applicable) AS n_applicable,
        sum(n_critical_failed) AS n_critical_failed
    FROM by_country GROUP BY area, area_no, area_code, kind
)
SELECT f.area, f.area_code, w.title AS area_title, f.kind, mean, lowest, highest, n_shown, n_countries, n_answered,
    n_applicable, n_critical_failed, b.band, b.title AS band_title
FROM folded AS f
JOIN wording AS w ON w.id = f.area AND w.language = $lang
LEFT JOIN (
    SELECT band.band, band.title, starts_at, ends_at FROM band JOIN framework USING (framework_no) WHERE framework = $framework
) AS b
    ON mean >= b.starts_at AND mean < b.ends_at
ORDER BY mean IS NULL, mean DESC, f.area_no;
