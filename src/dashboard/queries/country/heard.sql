-- In how many operations within the filters were children heard in a round, and in how many did something change
-- because of it?
SELECT (SELECT r.title FROM round AS r WHERE r.round = $round) AS round_title,
    count(DISTINCT o.operation) AS n_operations,
    count(DISTINCT o.operation) FILTER (WHERE h.operation_no IS NOT NULL) AS n_heard,
    count(DISTINCT o.operation) FILTER (WHERE h.changed = 'yes') AS n_changed
FROM participation AS o
LEFT JOIN (SELECT p.* FROM child_participation AS p JOIN round AS r USING (round_no) WHERE r.round = $round) AS h
    USING (operation_no)
WHERE o.framework = $framework AND o.round = $round AND list_contains($countries, o.country);
