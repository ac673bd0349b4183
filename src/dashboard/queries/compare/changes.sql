-- How far has each country moved since the earlier round? Matched answers only; one row a country, in order of region.
-- `enters` says that a country has enough matched answers and counts in the mean; the columns beginning with `all_` are
-- the mean over those. A figure on all that was answered stands only beside what it would be, had nothing become not
-- applicable: `only_by_not_applicable` says that nothing else raised it.
WITH moves AS MATERIALIZED (
    SELECT * FROM moved_answers($framework, $round, $earlier, $countries, $criteria)
    WHERE kind = $kind AND kept($within, criterion)
),
by_country AS (
    SELECT country, country_title, country_position, any_value(count_below) AS count_below,
        count(*) FILTER (WHERE move IN ('better', 'worse', 'same')) AS n_matched,
        count(*) FILTER (WHERE move = 'better') AS n_better, count(*) FILTER (WHERE move = 'worse') AS n_worse,
        score_of(sum(was_points) FILTER (WHERE move IN ('better', 'worse', 'same')),
            sum(was_weight) FILTER (WHERE move IN ('better', 'worse', 'same'))) AS was_score,
        score_of(sum(now_points) FILTER (WHERE move IN ('better', 'worse', 'same')),
            sum(now_weight) FILTER (WHERE move IN ('better', 'worse', 'same'))) AS now_score,
        count(*) FILTER (WHERE move = 'became_not_applicable' AND was_as = 'answered') AS n_dropped,
        percent_of(sum(was_points), sum(was_weight)) AS own_was, percent_of(sum(now_points), sum(now_weight)) AS own_now,
        percent_of(sum(CASE WHEN now_as = 'not_applicable' THEN was_points ELSE now_points END),
            sum(CASE WHEN now_as = 'not_applicable' THEN was_weight ELSE now_weight END)) AS own_kept,
        reading_of(count(was_as), count(was_as) FILTER (WHERE was_as <> 'not_applicable'),
            count(*) FILTER (WHERE was_as = 'answered'), count(*) FILTER (WHERE was_as = 'not_known'),
            any_value(coverage_limit), any_value(count_below)) AS was_reading,
        reading_of(count(now_as), count(now_as) FILTER (WHERE now_as <> 'not_applicable'),
            count(*) FILTER (WHERE now_as = 'answered'), count(*) FILTER (WHERE now_as = 'not_known'),
            any_value(coverage_limit), any_value(count_below)) AS now_reading
    FROM moves
    GROUP BY country, country_title, country_position
),
read AS (
    SELECT *, n_matched >= greatest(count_below, 1) AS enough, whole_percent(was_score) AS was,
        whole_percent(now_score) AS now, whole_percent(now_score - was_score) AS change
    FROM by_country
),
spread AS (
    SELECT whole_percent(avg(now_score - was_score)) AS all_change, coalesce(sum(n_matched), 0) AS all_matched,
        coalesce(sum(n_better), 0) AS all_better, coalesce(sum(n_worse), 0) AS all_worse, count(*) AS all_countries
    FROM read WHERE enough AND in_spread($countries, country)
)
SELECT r.country, r.country_title, r.country_position, r.n_matched, r.n_better, r.n_worse, r.count_below, r.enough,
    r.enough AND in_spread($countries, r.country) AS enters, CASE WHEN r.enough THEN r.was END AS was,
    CASE WHEN r.enough THEN r.now END AS now, CASE WHEN r.enough THEN r.change END AS change,
    CASE WHEN r.change > 0 THEN 'rising' WHEN r.change < 0 THEN 'falling' ELSE 'level' END AS direction,
    e.title AS earlier_title, n.title AS round_title, n_dropped, own_was, own_now, own_kept,
    coalesce(was_reading = 'score' AND now_reading = 'score' AND n_dropped > 0 AND own_now > own_was
        AND own_kept <= own_was, false) AS only_by_not_applicable,
    s.*
FROM read AS r
JOIN round AS e ON e.round = $earlier
JOIN round AS n ON n.round = $round
CROSS JOIN spread AS s
ORDER BY r.country_position;
