-- Which other rights does one right (or, if none is given, any) pull against? Each with the question to ask and the
-- criteria where it shows.
SELECT t.tension, w.title, w.text, t.question, t.between[1] AS one, a.title AS one_title, t.between[2] AS other,
    b.title AS other_title, t.criteria, t.basis, t.citation
FROM tension AS t
JOIN wording AS w ON w.id = t.tension AND w.language = $lang
JOIN wording AS a ON a.id = t.between[1] AND a.language = $lang
JOIN wording AS b ON b.id = t.between[2] AND b.language = $lang
WHERE $focus = '' OR list_contains(t.between, $focus)
ORDER BY t.tension;
