-- What does the heat map say in one sentence? The highest and lowest country, the holes, and what all have in common.
WITH picked AS MATERIALIZED (
    SELECT * FROM chosen($framework, $round, $countries, $criteria, $within) WHERE kind = $kind AND in_spread($countries, country)
),
by_country AS MATERIALIZED (
    SELECT country_title, score_of(sum(points), sum(weight_answered)) AS score,
        reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit),
            any_value(count_below)) AS reading
    FROM picked GROUP BY country, country_title
),
by_criterion AS (
    SELECT count(*) FILTER (WHERE n_applicable > 0) AS n_applies, count(*) FILTER (WHERE n_answered > 0) AS n_answers
    FROM picked GROUP BY criterion_no
),
shown AS (
    SELECT *, max(score) OVER () AS top, min(score) OVER () AS bottom FROM by_country WHERE reading IN ('score', 'count')
),
found AS (
    SELECT count(*) AS n_shown, whole_percent(any_value(top)) AS highest, whole_percent(any_value(bottom)) AS lowest,
        count(*) FILTER (WHERE score = top) AS n_highest, count(*) FILTER (WHERE score = bottom) AS n_lowest,
        string_agg(country_title, ', ' ORDER BY country_title) FILTER (WHERE score = top) AS highest_titles,
        string_agg(country_title, ', ' ORDER BY country_title) FILTER (WHERE score = bottom) AS lowest_titles
    FROM shown
),
silent AS (
    SELECT count(*) AS n_countries, count(*) FILTER (WHERE reading = 'too_few') AS n_too_few,
        string_agg(country_title, ', ' ORDER BY country_title) FILTER (WHERE reading = 'too_few') AS too_few_titles
    FROM by_country
),
shared AS (
    SELECT count(*) FILTER (WHERE n_applies > 0) AS n_criteria, count(*) FILTER (WHERE n_applies = n) AS n_apply_to_all,
        count(*) FILTER (WHERE n_answers = n) AS n_answered_by_all
    FROM by_criterion CROSS JOIN (SELECT count(*) AS n FROM by_country)
)
SELECT *, percent_of(n_apply_to_all, n_criteria) AS overlap FROM found CROSS JOIN silent CROSS JOIN shared;
