-- Which risks did one operation rate, and which actions are open? Whatever countries the filters keep.
SELECT e.impact, e.risk_area, e.setting, e.severity, e.irremediability, e.likelihood, e.confidence, e.basis,
    e.rated_by_role, e.rated_on,
    date_sub('month', e.rated_on, $today) AS age_months, e.residual_severity, e.residual_likelihood, e.residual_basis,
    coalesce(t.n_actions, 0) AS n_actions, t.due_on
FROM exposure AS e
JOIN impact_card AS i USING (impact)
LEFT JOIN (
    SELECT impact, count(*) AS n_actions, min(due_on) AS due_on FROM action JOIN operation USING (operation_no)
    WHERE operation = $operation AND status IN ('open', 'in_progress', 'blocked') GROUP BY impact
) AS t ON t.impact = e.impact
WHERE e.round = $round AND e.operation = $operation AND list_contains($impacts, e.impact)
ORDER BY i.impact_position;
