-- What needs a decision? Critical criteria that failed, then actions past their date.
WITH failed AS (
    SELECT 'critical' AS kind, c.criterion AS subject, any_value(w.text) AS text,
        string_agg(DISTINCT c.country_title, ', ' ORDER BY c.country_title) AS countries,
        count(DISTINCT c.country) AS n, NULL::DATE AS due_on, NULL AS owner_role, 1 AS position,
        min(c.country) AS country, any_value(c.area) AS area
    FROM chosen($framework, $round, $country, $principle, $risk_area, $right, $within) AS c
    JOIN wording AS w ON w.id = c.criterion AND w.language = $lang
    WHERE n_critical_failed > 0 GROUP BY c.criterion
),
late AS (
    SELECT 'overdue', action, text, country_title, 1, due_on, owner_role, 2, country, area
    FROM todo
    WHERE status IN ('open', 'in_progress', 'blocked') AND due_on < $today AND kept($country, country)
        AND (framework IS NULL OR framework = $framework) AND (area IS NULL OR kept($principle, area))
        AND kept_any($risk_area, risk_areas) AND kept_any($right, rights)
)
SELECT * FROM failed
UNION ALL
SELECT * FROM late
ORDER BY position, n DESC, due_on, subject;
