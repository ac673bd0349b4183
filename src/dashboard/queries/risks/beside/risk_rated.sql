-- Which risks of the choice are rated, each with its gravest rating of any operation? In the order of the library. Severity, then
-- the mean of its three grades, then likelihood, taken together from one rating; never a product.
WITH graded AS (
    SELECT impact, severity, second_key, likelihood, residual_severity, operation_title, max(severity) OVER (PARTITION BY impact) AS top
    FROM exposure
    WHERE round = $round AND list_contains($countries, country) AND list_contains($impacts, impact)
),
rated AS (
    SELECT impact, max({severity: severity, second_key: second_key, likelihood: likelihood}) AS gravest, count(*) AS n_rated,
        count(*) FILTER (WHERE severity = top) AS n_gravest,
        list(operation_title ORDER BY severity DESC, second_key DESC, likelihood DESC, operation_title) AS operations,
        max(residual_severity) AS residual_severity
    FROM graded GROUP BY impact
)
SELECT r.impact, i.impact_position, i.risk_area, i.setting, i.age_groups, i.groups, i.stage, i.basis, i.citation, i.functions, i.rights,
    r.gravest.severity AS severity, r.gravest.second_key AS second_key, r.gravest.likelihood AS likelihood, r.n_rated, r.n_gravest,
    r.operations, r.residual_severity
FROM rated AS r JOIN impact_card AS i USING (impact)
ORDER BY i.impact_position;
