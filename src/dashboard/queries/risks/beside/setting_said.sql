-- What was said of the risks of one setting, rated or not, and how grave and likely is what is left of each, at most?
WITH stated AS (
    SELECT impact, count(residual_severity) AS n_residual,
        max(CASE WHEN residual_severity IS NOT NULL
            THEN {severity: residual_severity, likelihood: coalesce(residual_likelihood, 0)} END) AS residual
    FROM exposure
    WHERE round = $round AND list_contains($countries, country) AND list_contains($impacts, impact)
    GROUP BY impact
)
SELECT s.impact, s.polarity, s.impact_position, i.risk_area, i.age_groups, i.groups, i.stage, s.state, s.n_operations, s.n_rated,
    s.n_none_found, s.n_not_rated, r.n_residual, r.residual.severity AS residual_severity,
    nullif(r.residual.likelihood, 0) AS residual_likelihood
FROM impacts_said($round, $countries, $impacts) AS s
JOIN impact_card AS i USING (impact)
LEFT JOIN stated AS r ON r.impact = s.impact
WHERE i.setting = $of_setting AND s.polarity = 'risk'
ORDER BY s.impact_position;
