-- Which new operations name no first round although every round is closed? They would change its figures.
INSERT INTO found
SELECT 'no_open_round', 'operations', s.rowid, 'first_round', NULL, NULL
FROM staged_operations AS s
ANTI JOIN operation AS o ON o.operation = s.operation
WHERE s.first_round IS NULL AND s.kind = 'operation' AND len({{ split('s.formerly') }}) = 0
    AND EXISTS (FROM operation WHERE kind = 'operation') AND EXISTS (FROM round)
    AND NOT EXISTS (FROM staged_rounds WHERE coalesce(lower(closed), 'false') <> 'true')
    AND NOT EXISTS (FROM round ANTI JOIN staged_rounds USING (round) WHERE NOT round.closed);
