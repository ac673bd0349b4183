-- Which severe ratings have no action, neither on the risk nor on a criterion that addresses it? One row per operation
-- and risk: by irremediability, then by likelihood.
WITH acted AS (
    SELECT DISTINCT o.operation, i.impact
    FROM action AS t JOIN operation AS o USING (operation_no)
    JOIN impact_card AS i ON i.impact = t.impact OR list_contains(i.criteria, t.criterion)
    WHERE t.status IN ('open', 'in_progress', 'blocked')
)
SELECT e.impact, e.operation, e.operation_title, w.text, s.title AS setting_title, e.severity, e.likelihood
FROM chosen_risks($round, $countries, $impacts) AS e
JOIN impact_card AS i USING (impact)
JOIN wording AS w ON w.id = e.impact AND w.language = $lang
JOIN wording AS s ON s.id = e.setting AND s.language = $lang
ANTI JOIN acted AS a ON a.operation = e.operation AND a.impact = e.impact
WHERE e.severity = 4 AND ($operation = '' OR e.operation = $operation)
ORDER BY e.irremediability DESC, e.likelihood DESC, in_order(e.operation_title), i.impact_position, e.operation;
