-- Which operations go on although no row of this load is about them? Only of a load that is about at least as many: one
-- that brings a few rows is no list of all.
WITH missing AS (
    SELECT operation FROM operation
    ANTI JOIN staged_operations USING (operation)
    ANTI JOIN former_claim ON former_claim.form = 'operations' AND former_claim.former = operation.operation
    WHERE kind = 'operation' AND last_round IS NULL
)
SELECT operation FROM missing
WHERE (SELECT count(*) FROM missing) <= (SELECT count(*) FROM operation SEMI JOIN staged_operations USING (operation))
ORDER BY operation;
