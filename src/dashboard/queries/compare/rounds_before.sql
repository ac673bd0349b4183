-- Which rounds of the framework come before the one in view? The nearest first, which change is measured from unless
-- another is selected.
SELECT DISTINCT r.round, r.title, r.position
FROM participation AS p JOIN round AS r USING (round)
WHERE framework = $framework AND r.position < (SELECT position FROM round WHERE round = $round)
ORDER BY r.position DESC;
