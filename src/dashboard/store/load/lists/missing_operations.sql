-- Which operations go on although no row of this load is about them?
SELECT operation FROM operation
ANTI JOIN staged_operations USING (operation)
ANTI JOIN former_claim ON former_claim.form = 'operations' AND former_claim.former = operation.operation
WHERE kind = 'operation' AND last_round IS NULL ORDER BY operation;
