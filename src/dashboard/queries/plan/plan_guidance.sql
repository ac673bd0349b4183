-- What guidance is there for starting an action on a criterion or an impact? Guidance for the criterion first, then by
-- least effort; for an impact, guidance on criteria that address it: first what shares most with its words, each by its
-- first five letters. A word counts the more the fewer items have it, and twice in a title; an item on the impact's
-- setting counts twice.
WITH subject AS (
    SELECT $criterion AS first_criterion, [$criterion] AS criteria, '' AS setting, '' AS text WHERE $criterion <> ''
    UNION ALL
    SELECT '', criteria, setting, w.text FROM impact_card AS i
    JOIN wording AS w ON w.id = i.impact AND w.language = $lang WHERE i.impact = $impact AND $criterion = ''
), fitting AS (
    SELECT g.*, s.first_criterion, s.criteria AS wanted, list_contains(g.settings, s.setting) AS is_there
    FROM subject AS s JOIN guidance_card AS g ON list_has_any(g.criteria, s.criteria)
), spoken AS (
    SELECT guidance, stem, max(place) AS place
    FROM (
        SELECT guidance, title AS said, 2 AS place FROM guidance_card
        UNION ALL SELECT guidance, situation, 1 FROM guidance_card
    ), unnest(list_transform(regexp_extract_all(lower(said), '\p{L}{4,}'), lambda word: word[:5])) AS of_it (stem)
    GROUP BY guidance, stem
), shared AS (
    SELECT guidance, sum(place * ln((SELECT count(*) FROM guidance_card) / n)) AS fit
    FROM (SELECT *, count(*) OVER (PARTITION BY stem) AS n FROM spoken)
    WHERE stem IN (SELECT unnest(regexp_extract_all(lower(text), '\p{L}{4,}'))[:5] FROM subject)
    GROUP BY guidance
)
SELECT g.guidance, g.title, g.step, g.this_month[1] AS first_step, w.title AS leads
FROM fitting AS g
LEFT JOIN shared AS s USING (guidance)
LEFT JOIN wording AS w ON w.id = g.functions[1] AND w.language = $lang
ORDER BY g.criteria[1] = g.first_criterion DESC, coalesce(s.fit, 0) * if(g.is_there, 2, 1) DESC, g.is_there DESC,
    CASE WHEN g.first_criterion = '' THEN len(list_intersect(g.criteria, g.wanted)) END DESC, g.effort, g.position;
