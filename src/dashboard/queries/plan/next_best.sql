-- What could be raised in one area of one operation? One row a criterion that is asked and applies. `gravity` is 5 where it is
-- critical, else the gravest severity of the rated risks that it bears on, 0 without any; `effort` is the smallest of the
-- guidance that holds it, 4 without any.
WITH grave AS (
    SELECT criterion, max(severity) AS severity
    FROM (
        SELECT e.severity, unnest(i.criteria) AS criterion FROM exposure AS e JOIN impact_card AS i USING (impact)
        WHERE e.operation = $operation AND e.round = $round
    )
    GROUP BY criterion
),
easy AS (
    SELECT criterion, arg_min({guidance: guidance, step: step, effort: effort}, (effort, position)) AS g
    FROM (SELECT guidance, step, effort, position, unnest(criteria) AS criterion FROM guidance_card) GROUP BY criterion
),
planned AS (
    SELECT criterion, min(due_on) AS due_on FROM todo JOIN operation USING (operation_no)
    WHERE operation = $operation AND status IN ('open', 'in_progress', 'blocked') GROUP BY criterion
),
best AS (
    SELECT framework_no, arg_max(status, (value, -status_no)) AS status, max(value) AS value FROM scale
    WHERE counts_as = 'answered' GROUP BY framework_no
)
SELECT k.criterion, w.text, k.critical, k.weight, k.coverage_limit, c.counts_as, c.value, c.status_title, best.status AS best_status,
    best.value AS best_value, g.severity, CASE WHEN k.critical THEN 5 ELSE coalesce(g.severity, 0) END AS gravity,
    e.g.guidance AS guidance, e.g.step AS step, coalesce(e.g.effort, 4) AS effort, p.due_on AS planned_by
FROM counted AS c
JOIN operation AS o ON o.operation_no = c.operation_no AND o.operation = $operation
JOIN round AS r ON r.round_no = c.round_no AND r.round = $round
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN criterion_facet AS f ON f.criterion_no = k.criterion_no AND f.facet = $by AND f.code = $focus
JOIN best ON best.framework_no = k.framework_no
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN grave AS g USING (criterion)
LEFT JOIN easy AS e USING (criterion)
LEFT JOIN planned AS p USING (criterion)
WHERE k.kind = $kind AND kept($within, k.criterion) AND c.n_applicable = 1
ORDER BY k.area_no, k.criterion_no;
