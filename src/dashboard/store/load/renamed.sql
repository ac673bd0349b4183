-- Which countries or operations get another title than they had? Every group that shares them sees the new one.
SELECT s.row_id, 'countries' AS form, 'title' AS col, c.title AS was, s.title AS becomes
FROM sound_countries AS s JOIN country AS c ON c.country = s.country WHERE c.title <> s.title
UNION ALL
SELECT s.row_id, 'operations', 'title', o.title, s.title
FROM sound_operations AS s JOIN operation AS o ON o.operation = s.operation WHERE o.title <> s.title
ORDER BY form, row_id;
