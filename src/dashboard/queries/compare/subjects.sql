-- What can be compared - the group, its regions, groups of operations, operations - where is each, and does it take
-- part in the round? An operation's number is its place in the list of operations, in every language.
SELECT s.subject, any_value(subject_kind) AS subject_kind, coalesce(any_value(s.title), '') AS title,
    any_value(s.country) AS country,
    any_value(c.region) AS region, bool_or(round = $round) AS in_round, any_value(g.subject) AS of_group,
    any_value(operation_no) AS operation_no
FROM subject AS s LEFT JOIN country AS c USING (country) LEFT JOIN subject_operation AS g ON g.operation = s.subject
    LEFT JOIN operation AS o ON o.operation = s.subject
WHERE framework = $framework
GROUP BY s.subject
ORDER BY min(subject_position), 3, s.subject;
