-- How much was asked and is left in each round of the framework?
SELECT r.round, r.title AS round_title, CAST(sum(n_asked) AS BIGINT) AS n_asked, CAST(sum(n_unanswered) AS BIGINT) AS n_left,
    max(last_answered_on) AS last_answered_on
FROM score AS s JOIN round AS r USING (round)
WHERE s.framework = $framework AND list_contains($countries, s.country) AND list_contains($criteria, s.criterion)
GROUP BY r.round, r.title, r.position
ORDER BY r.position DESC;
