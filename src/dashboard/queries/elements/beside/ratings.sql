-- How was each risk rated in each country of the round? One row per impact and country: the grades of its highest
-- single rating (by severity, then irremediability, then likelihood; never a product), the operations in the same
-- order, and the highest residual severity and likelihood. At most twelve operations, unless the whole is wanted.
SELECT impact, country, count(*) AS n_rated, count(*) FILTER (WHERE severity = top) AS n_top,
    max({severity: severity, irremediability: irremediability, likelihood: likelihood}) AS grades,
    list(
        {operation_title: operation_title, severity: severity, irremediability: irremediability, likelihood: likelihood}
        ORDER BY severity DESC, irremediability DESC, likelihood DESC, in_order(operation_title)
    )[1:CASE WHEN $whole THEN -1 ELSE 12 END] AS operations,
    count(residual_severity) AS n_residual,
    max(CASE WHEN residual_severity IS NOT NULL
        THEN {severity: residual_severity, likelihood: coalesce(residual_likelihood, 0)} END) AS residual
FROM (SELECT *, max(severity) OVER (PARTITION BY impact, country) AS top FROM exposure WHERE round = $round)
GROUP BY impact, country
ORDER BY impact, country;
