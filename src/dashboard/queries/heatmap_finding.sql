-- What does the heat map say in one sentence? The highest and lowest country, the holes, and what all have in common.
WITH picked AS (
    SELECT * FROM chosen($framework, $round, $country, $principle, $risk_area, $criterion) WHERE kind = $kind AND in_spread($country, country)
),
by_country AS (
    SELECT country_title, percent_of(sum(points), sum(weight_answered)) AS percent,
        reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit),
            any_value(count_below)) AS reading
    FROM picked GROUP BY country, country_title
),
by_criterion AS (
    SELECT count(*) FILTER (WHERE n_applicable > 0) AS n_applies, count(*) FILTER (WHERE n_answered > 0) AS n_answers
    FROM picked GROUP BY criterion_no
),
found AS (
    SELECT count(*) AS n_countries,
        count(*) FILTER (WHERE reading IN ('score', 'count')) AS n_shown,
        arg_max(country_title, percent) FILTER (WHERE reading IN ('score', 'count')) AS highest_title,
        max(percent) FILTER (WHERE reading IN ('score', 'count')) AS highest,
        arg_min(country_title, percent) FILTER (WHERE reading IN ('score', 'count')) AS lowest_title,
        min(percent) FILTER (WHERE reading IN ('score', 'count')) AS lowest,
        string_agg(country_title, ', ' ORDER BY country_title) FILTER (WHERE reading = 'too_few') AS too_few_titles
    FROM by_country
)
SELECT found.*, count(*) FILTER (WHERE n_applies > 0) AS n_criteria,
    count(*) FILTER (WHERE n_applies = n_countries) AS n_apply_to_all,
    count(*) FILTER (WHERE n_answers = n_countries) AS n_answered_by_all,
    percent_of(count(*) FILTER (WHERE n_applies = n_countries), count(*) FILTER (WHERE n_applies > 0)) AS overlap
FROM found CROSS JOIN by_criterion
GROUP BY ALL;
