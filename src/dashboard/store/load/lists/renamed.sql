-- Which countries or operations get another title or code, which operations end, and which rounds are closed or
-- reopened? Everybody sees the result.
SELECT 'renamed' AS kind, s.row_id, 'countries' AS form, 'title' AS col, c.title || ' → ' || s.title AS value
FROM sound_countries AS s JOIN country AS c ON c.country = s.country WHERE c.title <> s.title
UNION ALL
SELECT 'renamed', s.row_id, 'operations', 'title', o.title || ' → ' || s.title
FROM sound_operations AS s JOIN operation AS o ON o.operation = s.operation WHERE o.title <> s.title
UNION ALL
SELECT 'recoded', row_id, form, 'formerly', former || ' → ' || code
FROM former_claim
WHERE wrong IS NULL AND (form, former) IN
    (SELECT ('countries', country) FROM country UNION ALL SELECT ('operations', operation) FROM operation)
UNION ALL
SELECT 'operation_ends', s.row_id, 'operations', 'last_round', s.operation || ' → ' || s.last_round
FROM sound_operations AS s JOIN operation AS o ON o.operation = s.operation
WHERE s.last_round <> '-' AND s.last_round IS DISTINCT FROM o.last_round
UNION ALL
SELECT CASE WHEN r.closed THEN 'round_reopens' ELSE 'round_closes' END, s.row_id, 'rounds', 'closed', s.round
FROM sound_rounds AS s JOIN round AS r ON r.round = s.round WHERE r.closed <> (lower(s.closed) = 'true')
ORDER BY form, row_id;
