-- Which operations joined or ended in a round that is not in the list of rounds? Without a round, too much would be
-- asked of them.
INSERT INTO found
SELECT 'unknown_round', 'operations', s.rowid, 'first_round', s.first_round, NULL
FROM staged_operations AS s
ANTI JOIN (SELECT round FROM round UNION SELECT round FROM staged_rounds) AS known ON known.round = s.first_round
WHERE s.first_round IS NOT NULL
UNION ALL
SELECT 'unknown_round', 'operations', s.rowid, 'last_round', s.last_round, NULL
FROM staged_operations AS s
ANTI JOIN (SELECT round FROM round UNION SELECT round FROM staged_rounds) AS known ON known.round = s.last_round
WHERE s.last_round <> '-'
UNION ALL
SELECT 'unknown_round', 'operations', s.rowid, 'short_until', s.short_until, NULL
FROM staged_operations AS s
ANTI JOIN (SELECT round FROM round UNION SELECT round FROM staged_rounds) AS known ON known.round = s.short_until
WHERE s.short_until <> '-';
