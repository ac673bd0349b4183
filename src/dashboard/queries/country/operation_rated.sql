-- Which risks did one operation rate, gravest first, and what is under way? The order is that of the gravest exposures: severity,
-- the mean of the three grades, likelihood.
WITH acted AS (
    SELECT impact, count(*) AS n_actions, min(due_on) AS due_on FROM action JOIN operation USING (operation_no)
    WHERE operation = $operation AND status IN ('open', 'in_progress', 'blocked') GROUP BY impact
)
SELECT e.impact, w.text, e.risk_area, e.setting, s.title AS setting_title, e.severity, e.second_key, e.likelihood, e.confidence, e.basis,
    e.rated_by_role, e.rated_on, date_diff('month', e.rated_on, $today) AS age_months, e.residual_severity, e.residual_likelihood,
    e.residual_basis, coalesce(t.n_actions, 0) AS n_actions, t.due_on
FROM chosen_risks($round, $countries, $impacts) AS e
JOIN impact_card AS i USING (impact)
JOIN wording AS w ON w.id = e.impact AND w.language = $lang
JOIN wording AS s ON s.id = e.setting AND s.language = $lang
LEFT JOIN acted AS t ON t.impact = e.impact
WHERE e.operation = $operation
ORDER BY e.severity DESC, e.second_key DESC, e.likelihood DESC, i.impact_position;
