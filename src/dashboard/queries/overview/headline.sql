-- How far is the group, in respect and in support? One row a kind: the spread over countries, coverage, change, flags.
-- The head office is not a country: it stands in its own columns. The mean is over countries that may show a figure.
WITH by_country AS (
    SELECT kind, country, coverage_limit, count_below, sum(points) AS points, sum(weight_answered) AS weight_answered,
        sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known, sum(n_unanswered) AS n_unanswered,
        sum(n_critical_failed) AS n_critical_failed, sum(n_evidence_seen + n_evidence_checked) AS n_seen
    FROM chosen($framework, $round, $countries, $criteria, $within)
    GROUP BY kind, country, coverage_limit, count_below
),
reading AS MATERIALIZED (
    SELECT *, reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading,
        score_of(points, weight_answered) AS score
    FROM by_country
),
moved AS (
    SELECT kind, avg(score_of(points_now, weight) - score_of(points_earlier, weight)) AS change, sum(n_matched) AS n_matched
    FROM (
        SELECT kind, country, sum(points_now) AS points_now, sum(points_earlier) AS points_earlier,
            sum(weight_matched) AS weight, sum(n_matched) AS n_matched
        FROM chosen_matched($framework, $round, $countries, $criteria, $within)
        WHERE in_spread($countries, country)
        GROUP BY kind, country
        HAVING sum(n_matched) >= any_value(count_below)
    ) AS by_country
    GROUP BY kind
),
shown AS (
    SELECT kind,
        whole_percent(avg(score) FILTER (WHERE reading IN ('score', 'count'))) AS mean,
        whole_percent(min(score) FILTER (WHERE reading IN ('score', 'count'))) AS lowest,
        whole_percent(median(score) FILTER (WHERE reading IN ('score', 'count'))) AS median,
        whole_percent(max(score) FILTER (WHERE reading IN ('score', 'count'))) AS highest,
        count(*) FILTER (WHERE reading IN ('score', 'count')) AS n_shown,
        count(*) FILTER (WHERE reading = 'too_few') AS n_too_few,
        count(*) AS n_countries,
        sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered, sum(n_not_applicable) AS n_not_applicable,
        sum(n_not_known) AS n_not_known, sum(n_unanswered) AS n_unanswered, sum(n_asked) AS n_asked,
        sum(n_critical_failed) AS n_critical_failed, sum(n_seen) AS n_seen,
        percent_of(sum(n_answered), sum(n_applicable)) AS coverage
    FROM reading WHERE in_spread($countries, country)
    GROUP BY kind
),
head_office AS (
    SELECT kind, whole_percent(score) AS group_percent, reading AS group_reading FROM reading WHERE country = 'GROUP'
)
SELECT kind, shown.* EXCLUDE (kind), whole_percent(change) AS change, coalesce(n_matched, 0) AS n_matched, group_percent,
    group_reading, b.band
FROM (SELECT unnest(['respect', 'support']) AS kind) AS kinds
LEFT JOIN shown USING (kind)
LEFT JOIN moved USING (kind)
LEFT JOIN head_office USING (kind)
LEFT JOIN (
    SELECT band.band, starts_at, ends_at FROM band JOIN framework USING (framework_no) WHERE framework = $framework
) AS b
    ON mean >= b.starts_at AND mean < b.ends_at
ORDER BY kind;
