-- Which risks have the operations with workbooks already rated? The key, then the values in the order of the workbook's columns.
SELECT r.round, o.operation, g.impact, CASE WHEN g.found THEN 'yes' ELSE 'none' END, CAST(g.scale AS VARCHAR), CAST(g.scope AS VARCHAR),
    CAST(g.irremediability AS VARCHAR), CAST(g.likelihood AS VARCHAR), g.basis, g.confidence, CAST(g.residual_severity AS VARCHAR),
    CAST(g.residual_likelihood AS VARCHAR), g.residual_basis, g.rated_by_role, CAST(g.rated_on AS VARCHAR)
FROM risk_rating AS g JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
WHERE list_contains($operations, o.operation);
