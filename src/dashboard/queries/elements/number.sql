-- How is the figure of the present choice made? One row a country: every count and sum, and whether it enters the mean.
WITH folded AS (
    SELECT country, country_title, country_position, any_value(coverage_limit) AS coverage_limit,
        any_value(count_below) AS count_below, any_value(framework_no) AS framework_no,
        sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known, sum(n_unanswered) AS n_unanswered,
        sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil, sum(n_critical_failed) AS n_critical_failed,
        sum(n_evidence_none) AS n_evidence_none, sum(n_evidence_self) AS n_evidence_self,
        sum(n_evidence_seen) AS n_evidence_seen, sum(n_evidence_checked) AS n_evidence_checked,
        sum(weight_applicable) AS weight_applicable,
        sum(n_answered - n_evidence_none - n_evidence_self - n_evidence_seen - n_evidence_checked) AS n_evidence_unstated, sum(weight_answered) AS weight_answered, sum(points) AS points
    FROM chosen($framework, $round, $countries, $criteria, $within)
    WHERE kind = $kind AND in_spread($countries, country)
    GROUP BY country, country_title, country_position
),
read AS (
    SELECT *, reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading,
        score_of(points, weight_answered) AS score, percent_of(points, weight_answered) AS percent
    FROM folded
),
spread AS (
    SELECT *, reading IN ('score', 'count') AS enters,
        whole_percent(avg(score) FILTER (WHERE reading IN ('score', 'count')) OVER ()) AS mean
    FROM read
)
SELECT spread.*, whole_percent(low_of(points, weight_applicable)) AS low,
    whole_percent(high_of(points, weight_answered, weight_applicable)) AS high,
    percent_of(n_answered, n_applicable) AS coverage, whole_percent(share_not_applicable_of(n_not_applicable, n_asked)) AS share_not_applicable,
    whole_percent(coverage_limit) AS coverage_limit_percent, b.title AS band_title
FROM spread LEFT JOIN band AS b ON b.framework_no = spread.framework_no AND mean >= b.starts_at AND mean < b.ends_at
ORDER BY country_position;
