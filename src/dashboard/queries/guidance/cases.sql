-- Which cases fit the choice, and on which gaps of the chosen countries does each bear? The best match first.
-- A gap is a criterion of the framework in view that somebody answered as not in place, or as partly, which counts half.
-- Critical criteria that failed come first. A case without a criterion of the framework stands after all others.
-- See docs/decisions/0016-risks-and-advice.md.
WITH fitting AS (
    FROM case_card WHERE list_contains($library, case_study)
),
bearing AS (
    SELECT case_study, unnest(criteria) AS criterion, generate_subscripts(criteria, 1) AS place FROM fitting
),
answered AS (
    SELECT b.case_study, b.place, k.criterion, k.critical, coalesce(sum(s.n_nil), 0) AS n_nil, coalesce(sum(s.n_part), 0) AS n_part,
        coalesce(sum(s.n_critical_failed), 0) AS n_failed, coalesce(sum(s.n_nil + s.n_part), 0) > 0 AS is_open,
        list(s.country_title ORDER BY s.n_nil DESC, s.n_part DESC, s.country_position)
            FILTER (WHERE s.n_nil + s.n_part > 0) AS countries
    FROM bearing AS b
    JOIN criterion_card AS k USING (criterion)
    LEFT JOIN score AS s ON s.criterion_no = k.criterion_no AND s.round = $round AND list_contains($countries, s.country)
    WHERE k.framework = $framework
    GROUP BY b.case_study, b.place, k.criterion, k.critical
),
matched AS (
    SELECT case_study, count(*) AS n_criteria, count(*) FILTER (WHERE is_open) AS n_open, sum(n_failed) AS n_failed,
        sum(n_nil + n_part / 2) AS gap,
        list(
            {criterion: criterion, critical: critical, n_nil: n_nil, n_part: n_part, countries: countries}
            ORDER BY n_failed DESC, n_nil + n_part / 2 DESC, place
        ) FILTER (WHERE is_open) AS gaps
    FROM answered GROUP BY case_study
)
SELECT c.case_study, w.title, c.who, c."where", c.began, c.ended, c.ended IS NULL AS goes_on,
    CAST(coalesce(c.ended, greatest(c.began, year($today))) AS INTEGER) AS until_year, c.case_kind, c.confidence, c.shows,
    CAST(row_number() OVER (ORDER BY c.began, c.ended NULLS LAST, c.position) AS INTEGER) AS began_order,
    coalesce(m.n_criteria, 0) AS n_criteria, coalesce(m.n_open, 0) AS n_open, coalesce(m.n_failed, 0) AS n_failed,
    coalesce(m.gap, 0) AS gap, m.gaps
FROM fitting AS c
JOIN wording AS w ON w.id = c.case_study AND w.language = $lang
LEFT JOIN matched AS m USING (case_study)
ORDER BY m.n_criteria IS NULL, n_failed DESC, gap DESC, n_open DESC, c.confidence, c.position;
