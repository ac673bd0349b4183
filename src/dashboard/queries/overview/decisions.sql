-- What needs a decision, with who answers for it and by when? Grave risks that answers leave open, critical criteria that
-- failed, and actions past their date. Owner and date are those of the open action there that is due first.
WITH waiting AS (
    SELECT t.*, i.impact AS bears_on FROM todo AS t
    LEFT JOIN impact_card AS i ON i.impact = t.impact OR list_contains(i.criteria, t.criterion)
    WHERE status IN ('open', 'in_progress', 'blocked') AND list_contains($countries, country)
),
place AS (
    SELECT DISTINCT 'grave' AS kind, impact AS subject, country, country_title, 1 AS position, gap_order AS rank
    FROM risks_covered($framework, $round, $countries, $impacts) AS g
    JOIN chosen_risks($round, $countries, $impacts) AS r USING (impact)
    WHERE g.severity = 4 AND g.lies_open AND r.severity = 4
    UNION ALL
    SELECT 'critical', criterion, country, country_title, 2, 0
    FROM chosen($framework, $round, $countries, $criteria, $within) WHERE n_critical_failed > 0
),
acted AS (
    SELECT p.subject, p.country, min_by({due_on: t.due_on, owner_role: t.owner_role}, t.due_on) AS first
    FROM place AS p JOIN waiting AS t ON t.country = p.country AND p.subject IN (t.criterion, t.bears_on)
    GROUP BY p.subject, p.country
),
standing AS (
    SELECT p.kind, p.subject, p.position, p.rank, string_agg(p.country_title, ', ' ORDER BY p.country_title) AS countries,
        count(*) AS n, count(a.first) AS n_acted, min_by(a.first, a.first.due_on) AS first
    FROM place AS p LEFT JOIN acted AS a USING (subject, country)
    GROUP BY p.kind, p.subject, p.position, p.rank
)
SELECT s.kind, s.subject, w.text, s.countries, s.n, s.n_acted, s.first.due_on AS due_on, s.first.owner_role AS owner_role,
    s.position, s.rank
FROM standing AS s JOIN wording AS w ON w.id = s.subject AND w.language = $lang
UNION ALL
SELECT DISTINCT 'overdue', action, text, country_title, 1, 1, due_on, owner_role, 3, 0
FROM waiting
WHERE due_on < $today AND action IN (SELECT action FROM chosen_actions($framework, $criteria, $impacts))
ORDER BY position, rank, n DESC, due_on, subject;
