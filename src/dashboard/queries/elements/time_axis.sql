-- Which rounds of the framework are on the time axis, earliest first: when was each, and what is noted on it?
SELECT r.round, r.title, r.position, r.starts_on, r.ends_on, coalesce(r.round_note, '') AS note
FROM round AS r
WHERE r.round IN (SELECT round FROM participation WHERE framework = $framework)
ORDER BY r.position;
