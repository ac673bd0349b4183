-- Between which selected rights must protection be balanced, with risks rated on both sides? Each with its question.
WITH touched AS (
    SELECT DISTINCT unnest(rights) AS code FROM chosen_risks($round, $countries, $impacts)
)
SELECT t.tension, w.title, w.text, t.question, a.title AS one_title, b.title AS other_title, t.criteria, t.citation,
    t.basis
FROM tension AS t
JOIN wording AS w ON w.id = t.tension AND w.language = $lang
JOIN wording AS a ON a.id = t.between[1] AND a.language = $lang
JOIN wording AS b ON b.id = t.between[2] AND b.language = $lang
WHERE t.between[1] IN (FROM touched) AND t.between[2] IN (FROM touched)
ORDER BY t.tension;
