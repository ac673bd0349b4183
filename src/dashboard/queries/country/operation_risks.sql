-- Which risks did one operation rate, gravest first, how far do its own answers cover each, and what is left and under way?
-- The order is that of the gravest exposures: severity, the mean of the three grades, likelihood.
WITH mine AS (
    SELECT operation_no, operation, round_no, round FROM operation, round WHERE operation = $operation AND round = $round
),
summed AS (
    SELECT g.row_code AS impact, any_value(k.framework_no) AS framework_no, any_value(k.coverage_limit) AS coverage_limit,
        any_value(k.count_below) AS count_below, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_known) AS n_not_known, sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil,
        sum(weight_applicable) AS weight_applicable, sum(weight_answered) AS weight_answered, sum(points) AS points
    FROM counted JOIN mine USING (operation_no, round_no)
    JOIN criterion_card AS k USING (criterion_no)
    JOIN cell AS g ON g.grid = 'impact' AND g.criterion_no = k.criterion_no
    WHERE k.framework = $framework AND k.kind = 'respect'
    GROUP BY g.row_code
),
cover AS (
    SELECT *, percent_of(points, weight_answered) AS percent, whole_percent(low_of(points, weight_applicable)) AS low,
        whole_percent(high_of(points, weight_answered, weight_applicable)) AS high,
        reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading
    FROM summed
),
acted AS (
    SELECT impact, count(*) AS n_actions, min(due_on) AS due_on FROM action JOIN mine USING (operation_no)
    WHERE status IN ('open', 'in_progress', 'blocked') GROUP BY impact
)
SELECT e.impact, w.text, e.risk_area, e.setting, s.title AS setting_title, e.severity, e.second_key, e.likelihood, e.confidence, e.basis,
    e.rated_by_role, e.rated_on, date_diff('month', e.rated_on, $today) AS age_months, e.residual_severity, e.residual_likelihood,
    e.residual_basis, coalesce(c.reading, 'not_covered') AS reading,
    CASE WHEN c.reading IN ('score', 'count') THEN c.percent END AS percent, c.low, c.high, b.title AS band_title, c.n_answered,
    c.n_applicable, 1 AS n_units, c.n_full, c.n_part, c.n_nil, coalesce(t.n_actions, 0) AS n_actions, t.due_on
FROM chosen_risks($round, $countries, $impacts) AS e
JOIN mine USING (operation)
JOIN impact_card AS i USING (impact)
JOIN wording AS w ON w.id = e.impact AND w.language = $lang
JOIN wording AS s ON s.id = e.setting AND s.language = $lang
LEFT JOIN cover AS c ON c.impact = e.impact
LEFT JOIN band AS b ON c.reading IN ('score', 'count') AND b.framework_no = c.framework_no AND c.percent >= b.starts_at AND c.percent < b.ends_at
LEFT JOIN acted AS t ON t.impact = e.impact
ORDER BY e.severity DESC, e.second_key DESC, e.likelihood DESC, i.impact_position;
