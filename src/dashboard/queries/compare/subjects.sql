-- What can be compared - the group, its regions, groups of operations, operations - where is each, and does it take part in the round?
SELECT subject, any_value(subject_kind) AS subject_kind, coalesce(any_value(s.title), '') AS title, any_value(s.country) AS country,
    any_value(c.region) AS region, bool_or(round = $round) AS in_round
FROM subject AS s LEFT JOIN country AS c USING (country)
WHERE framework = $framework
GROUP BY subject
ORDER BY min(subject_position), 3, subject;
