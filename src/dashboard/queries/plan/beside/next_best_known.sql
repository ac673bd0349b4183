-- What is asked of one operation, and what is known about raising each answer? One row per criterion. `severity` is the
-- highest among the rated risks that it affects; the guidance is the one with the smallest effort; `planned_by` is the
-- first due date of an action.
WITH severe AS (
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
)
SELECT criterion_no, status_no, reversed, severity, g.guidance AS guidance, g.step AS step, g.effort AS effort,
    due_on AS planned_by
FROM answer JOIN operation USING (operation_no) JOIN round USING (round_no) JOIN criterion USING (criterion_no)
LEFT JOIN severe USING (criterion)
LEFT JOIN easy USING (criterion)
LEFT JOIN planned USING (criterion)
WHERE operation = $operation AND round = $round
ORDER BY criterion_no;
