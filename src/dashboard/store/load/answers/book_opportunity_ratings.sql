-- Which opportunities have the operations with workbooks already rated? The key, then the values in the order of the columns.
SELECT r.round, o.operation, g.impact, CASE WHEN g.found THEN 'yes' ELSE 'none' END, CAST(g.reach AS VARCHAR), CAST(g.need AS VARCHAR),
    CAST(g.feasibility AS VARCHAR), g.basis, g.confidence, g.rated_by_role, CAST(g.rated_on AS VARCHAR)
FROM opportunity_rating AS g JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
WHERE list_contains($operations, o.operation);
