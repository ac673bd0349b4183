-- What guidance is there for starting an action on a criterion or an impact? Guidance for the criterion first, then by
-- least effort; for an impact, guidance on criteria that address it, in its setting first, then what shares most with
-- its words: each word, by its first five letters, counts the more the fewer of these items have it.
WITH subject AS (
    SELECT $criterion AS first_criterion, [$criterion] AS criteria, '' AS setting, '' AS text WHERE $criterion <> ''
    UNION ALL
    SELECT '', criteria, setting, w.text FROM impact_card AS i
    JOIN wording AS w ON w.id = i.impact AND w.language = $lang WHERE i.impact = $impact AND $criterion = ''
), fitting AS (
    SELECT g.*, s.first_criterion, s.criteria AS wanted, s.setting, concat_ws(' ', g.title, g.situation) AS said
    FROM subject AS s JOIN guidance_card AS g ON list_has_any(g.criteria, s.criteria)
), spoken AS (
    SELECT DISTINCT guidance, unnest(regexp_extract_all(lower(said), '\p{L}{4,}'))[:5] AS stem FROM fitting
), shared AS (
    SELECT guidance, sum(1 / n) AS fit
    FROM (SELECT guidance, stem, count(*) OVER (PARTITION BY stem) AS n FROM spoken)
    WHERE stem IN (SELECT unnest(regexp_extract_all(lower(text), '\p{L}{4,}'))[:5] FROM subject)
    GROUP BY guidance
)
SELECT g.guidance, g.title, g.step, g.this_month[1] AS first_step, w.title AS leads
FROM fitting AS g
LEFT JOIN shared AS s USING (guidance)
LEFT JOIN wording AS w ON w.id = g.functions[1] AND w.language = $lang
ORDER BY g.criteria[1] = g.first_criterion DESC, list_contains(g.settings, g.setting) DESC, coalesce(s.fit, 0) DESC,
    CASE WHEN g.setting = '' THEN 0 ELSE len(list_intersect(g.criteria, g.wanted)) END DESC, g.effort, g.position;
