-- When is each action due? One row per action, by operation; actions of one operation are in lanes, so that they do not
-- overlap. At most 24 operations, those whose next action is due first; `n_operations` counts all of them.
WITH kept_here AS (
    SELECT t.*, o.operation, o.title AS operation_title, t.status IN ('open', 'in_progress', 'blocked') AS live
    FROM chosen_actions($framework, $criteria, $impacts) AS t JOIN named_operation AS o USING (operation_no)
    WHERE list_contains($countries, t.country) AND ($operation = '' OR o.operation = $operation)
),
placed AS (
    SELECT operation,
        row_number() OVER (ORDER BY min(due_on) FILTER (WHERE live) NULLS LAST, in_order(operation_title),
        operation) AS position,
        count(*) OVER () AS n_operations
    FROM kept_here GROUP BY operation, operation_title
)
SELECT k.action, k.operation_title, p.position, k.text AS action_text, k.owner_role, k.due_on,
    strftime(k.due_on, '%Y-%m-%d') AS due_text,
    k.status AS action_status, k.live AND k.due_on < $today AS overdue, k.priority,
    (row_number() OVER (PARTITION BY k.operation ORDER BY k.due_on, k.action) - 1) % 3 AS lane,
    CAST($today AS DATE) AS today, p.n_operations
FROM kept_here AS k JOIN placed AS p USING (operation)
WHERE p.position <= 24
ORDER BY p.position, k.due_on, k.action;
