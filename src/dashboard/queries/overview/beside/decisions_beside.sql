-- What could need a decision? Where each rated risk of severity 4 stands, and every action that is still to be done.
SELECT 'risk' AS what, impact AS subject, country, country_title, NULL AS action, NULL AS criterion, NULL AS bears_on, NULL AS text,
    NULL AS due_on, NULL AS owner_role, false AS kept
FROM (
    SELECT DISTINCT impact, country, country_title FROM exposure
    WHERE round = $round AND severity = 4 AND list_contains($countries, country) AND list_contains($impacts, impact)
)
UNION ALL
SELECT 'action', t.action, t.country, t.country_title, t.action, t.criterion, i.bears_on, t.text, t.due_on, t.owner_role,
    t.action IN (SELECT action FROM chosen_actions($framework, $criteria, $impacts))
FROM todo AS t
LEFT JOIN (
    SELECT t.action, list(i.impact ORDER BY i.impact) AS bears_on FROM todo AS t
    JOIN impact_card AS i ON i.impact = t.impact OR list_contains(i.criteria, t.criterion)
    GROUP BY t.action
) AS i USING (action)
WHERE t.status IN ('open', 'in_progress', 'blocked') AND list_contains($countries, t.country)
ORDER BY what, subject, country;
