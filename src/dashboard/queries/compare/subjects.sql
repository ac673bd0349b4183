-- What can be set side by side - the group, its regions, its operations - and does each take part in the round?
SELECT subject, any_value(subject_kind) AS subject_kind, coalesce(any_value(title), '') AS title, any_value(country) AS country,
    bool_or(round = $round) AS in_round
FROM subject
WHERE framework = $framework
GROUP BY subject
ORDER BY min(subject_position), title, subject;
