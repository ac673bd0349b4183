-- Which ratings of a round are doubtful? Residual above inherent; lowered although nothing that addresses it is in
-- place; severe without an action; rated without a basis. One row per rating and kind of doubt.
WITH rated AS (FROM exposure WHERE round = $round),
in_place AS (
    SELECT e.operation, e.impact, max(c.value) AS best_value
    FROM rated AS e
    JOIN cell AS g ON g.grid = 'impact' AND g.row_code = e.impact
    JOIN operation AS o ON o.operation = e.operation
    JOIN round AS r ON r.round = e.round
    JOIN counted AS c ON c.criterion_no = g.criterion_no AND c.operation_no = o.operation_no AND c.round_no = r.round_no
    GROUP BY e.operation, e.impact
),
acted AS (
    SELECT DISTINCT o.operation, i.impact
    FROM todo AS t JOIN operation AS o USING (operation_no)
    JOIN impact_card AS i ON i.impact = t.impact OR list_contains(i.criteria, t.criterion)
    WHERE t.status IN ('open', 'in_progress', 'blocked')
),
found AS (
    SELECT 'residual_above' AS doubt, 1 AS position, e.* FROM rated AS e
    WHERE residual_severity > severity OR residual_likelihood > likelihood
    UNION ALL
    SELECT 'lowered_by_nothing', 2, e.* FROM rated AS e LEFT JOIN in_place AS p USING (operation, impact)
    WHERE (residual_severity < severity OR residual_likelihood < likelihood) AND coalesce(p.best_value, 0) = 0
    UNION ALL
    SELECT 'without_basis', 3, e.* FROM rated AS e WHERE basis IS NULL
    UNION ALL
    SELECT 'without_action', 4, e.* FROM rated AS e ANTI JOIN acted USING (operation, impact) WHERE severity = 4
)
SELECT doubt, operation, operation_title, country, impact, severity, likelihood, residual_severity, residual_likelihood,
    residual_basis
FROM found
ORDER BY position, severity DESC, irremediability DESC, likelihood DESC, in_order(operation_title), impact;
