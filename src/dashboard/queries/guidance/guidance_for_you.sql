-- Which guidance fits what is not in place in the choice, and why? One row an item: of its criteria in the framework with
-- answers that are not in place, the one that speaks most for it. A failed critical criterion goes first, then the gravest
-- rated risk that the criterion bears on, then how much is not in place (partly is half), then the smaller effort.
WITH weak AS (
    SELECT criterion_no, criterion, critical, sum(n_answered) AS n_answered, sum(n_nil) AS n_nil, sum(n_part) AS n_part,
        sum(n_critical_failed) > 0 AS critical_failed, sum(n_nil) + sum(n_part) / 2 AS missing
    FROM chosen($framework, $round, $countries, $criteria, [])
    GROUP BY criterion_no, criterion, critical
    HAVING sum(n_nil) + sum(n_part) > 0
),
graded AS (
    SELECT impact, max(severity) AS severity, max(second_key) AS second_key, list(DISTINCT country_title ORDER BY country_title) AS countries
    FROM (FROM chosen_risks($round, $countries, $impacts) QUALIFY severity = max(severity) OVER (PARTITION BY impact))
    GROUP BY impact
),
at_stake AS (
    SELECT c.criterion_no, g.*
    FROM cell AS c JOIN graded AS g ON g.impact = c.row_code JOIN impact_card AS i USING (impact)
    WHERE c.grid = 'impact'
    QUALIFY row_number() OVER (PARTITION BY c.criterion_no ORDER BY severity DESC, second_key DESC, i.impact_position) = 1
),
reason AS (
    SELECT g.guidance, g.place, w.*, s.impact, coalesce(s.severity, 0) AS severity, s.countries, count(*) OVER (PARTITION BY guidance) AS n_weak
    FROM (SELECT guidance, unnest(criteria) AS criterion, generate_subscripts(criteria, 1) AS place FROM guidance_card) AS g
    JOIN weak AS w USING (criterion) LEFT JOIN at_stake AS s USING (criterion_no)
    QUALIFY row_number() OVER (PARTITION BY guidance ORDER BY critical_failed DESC, coalesce(s.severity, 0) DESC, missing DESC, place) = 1
)
SELECT g.guidance, w.title, g.step, g.effort, f.title AS function_title, r.* EXCLUDE (guidance, criterion_no, place), k.text, i.text AS risk,
    -- The place of the item among those shown for the same criterion.
    row_number() OVER (PARTITION BY r.criterion ORDER BY g.effort, r.place, g.position) AS turn
FROM reason AS r
JOIN guidance_card AS g USING (guidance)
JOIN wording AS w ON w.id = guidance AND w.language = $lang
JOIN wording AS f ON f.id = g.functions[1] AND f.language = $lang
JOIN wording AS k ON k.id = r.criterion AND k.language = $lang
LEFT JOIN wording AS i ON i.id = r.impact AND i.language = $lang
ORDER BY critical_failed DESC, severity DESC, missing DESC, effort, place, g.position;
