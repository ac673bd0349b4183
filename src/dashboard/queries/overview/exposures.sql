-- Which risk areas hold the gravest rated impacts, and how well do answers cover them? Gravity first, then the second
-- key (the mean of scale, scope and irremediability), then likelihood, then the weaker cover; never a product. The three
-- are those of one rating: an area is as grave as its gravest impact. Settings are not asked, since the bar has none.
WITH rated AS (
    SELECT risk_area, country,
        max(struct_pack(severity := severity, second_key := second_key, likelihood := likelihood)) AS grades
    FROM chosen_risks($round, $countries, $impacts)
    GROUP BY risk_area, country
),
gravest AS (
    SELECT risk_area, max(grades) AS grades, count(*) AS n_countries_rated,
        count(*) FILTER (WHERE grades.severity = top) AS n_countries_gravest
    FROM (SELECT *, max(grades.severity) OVER (PARTITION BY risk_area) AS top FROM rated)
    GROUP BY risk_area
),
answered AS (
    SELECT risk_area, country, score_of(sum(points), sum(weight_answered)) AS score, sum(n_applicable) AS n_applicable,
        sum(n_answered) AS n_answered, any_value(framework_no) AS framework_no,
        reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit),
            any_value(count_below)) AS reading
    FROM (
        SELECT *, unnest(risk_areas) AS risk_area
        FROM chosen($framework, $round, $countries, $criteria, $within)
        WHERE kind = 'respect' AND in_spread($countries, country)
    ) AS c
    GROUP BY risk_area, country
),
cover AS (
    SELECT risk_area, any_value(framework_no) AS framework_no, sum(n_applicable) AS n_applicable,
        sum(n_answered) AS n_answered, percent_of(sum(n_answered), sum(n_applicable)) AS coverage,
        whole_percent(avg(score) FILTER (WHERE reading IN ('score', 'count'))) AS percent,
        CASE
            WHEN count(*) FILTER (WHERE reading IN ('score', 'count')) > 0 THEN 'score'
            WHEN sum(n_answered) > 0 THEN 'too_few'
            WHEN sum(n_applicable) > 0 THEN 'unanswered'
            ELSE 'not_applicable'
        END AS reading
    FROM answered GROUP BY risk_area
)
SELECT g.risk_area, w.title AS risk_area_title, g.grades.severity AS severity, g.n_countries_rated, g.n_countries_gravest,
    coalesce(reading, 'not_covered') AS reading, percent, coverage, n_answered, n_applicable, b.band,
    b.title AS band_title
FROM gravest AS g
JOIN wording AS w ON w.id = g.risk_area AND w.language = $lang
LEFT JOIN cover USING (risk_area)
LEFT JOIN band AS b ON b.framework_no = cover.framework_no AND percent >= b.starts_at AND percent < b.ends_at
ORDER BY g.grades DESC, percent IS NOT NULL, percent, g.risk_area
LIMIT 5;
