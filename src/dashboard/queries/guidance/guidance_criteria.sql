-- Which criteria does one piece of guidance help to put in place, and what do the chosen countries answer to each? Other
-- frameworks are read in their nearest round.
SELECT k.framework, f.short_title AS framework_title, k.criterion, w.text, k.critical, t.title AS round_title, t.round <> $round AS other_round,
    coalesce(sum(s.n_asked), 0) AS n_asked, coalesce(sum(s.n_full), 0) AS n_full, coalesce(sum(s.n_part), 0) AS n_part,
    coalesce(sum(s.n_nil), 0) AS n_nil, coalesce(sum(s.n_not_applicable), 0) AS n_not_applicable,
    coalesce(sum(s.n_not_known), 0) AS n_not_known, coalesce(sum(s.n_unanswered), 0) AS n_unanswered
FROM (SELECT unnest(criteria) AS criterion, generate_subscripts(criteria, 1) AS place FROM guidance WHERE guidance = $guidance) AS g
JOIN criterion_card AS k USING (criterion)
JOIN framework AS f ON f.framework = k.framework
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN read_in($round) AS r ON r.framework = k.framework
LEFT JOIN round AS t ON t.round = r.round
LEFT JOIN score AS s ON s.criterion_no = k.criterion_no AND s.round = r.round AND list_contains($countries, s.country)
GROUP BY k.framework, f.short_title, k.criterion, w.text, k.critical, t.title, t.round, g.place
ORDER BY k.framework <> $framework, g.place;
