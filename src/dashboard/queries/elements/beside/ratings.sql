-- How was each risk rated in each country of the round? One row an impact and country: its gravest rating of any operation (severity,
-- then the mean of its three grades, then likelihood, taken together; never a product), the first twelve operations from the
-- gravest rating down, and how grave and likely is what is left, at most.
SELECT impact, country, count(*) AS n_rated, count(*) FILTER (WHERE severity = top) AS n_gravest,
    max({severity: severity, second_key: second_key, likelihood: likelihood}) AS gravest,
    list(
        {operation_title: operation_title, severity: severity, second_key: second_key, likelihood: likelihood}
        ORDER BY severity DESC, second_key DESC, likelihood DESC, operation_title
    )[1:12] AS operations,
    count(residual_severity) AS n_residual,
    max(CASE WHEN residual_severity IS NOT NULL
        THEN {severity: residual_severity, likelihood: coalesce(residual_likelihood, 0)} END) AS residual
FROM (SELECT *, max(severity) OVER (PARTITION BY impact, country) AS top FROM exposure WHERE round = $round)
GROUP BY impact, country
ORDER BY impact, country;
