-- Which rounds of the framework stand on an axis of time, the earliest first: when was each, and what is noted on it?
SELECT r.round, r.title, r.position, r.starts_on, r.ends_on, coalesce(r.round_note, '') AS note
FROM round AS r
WHERE r.round IN (SELECT round FROM participation WHERE framework = $framework)
ORDER BY r.position;
