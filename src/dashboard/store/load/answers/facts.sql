-- How are the sound actions, targets, context figures and rows of law written? A row replaces what was said about the
-- same thing before.

INSERT OR REPLACE INTO action BY NAME
WITH given AS (
    SELECT * REPLACE (
        coalesce(status, 'open') AS status, coalesce(priority, 'medium') AS priority,
        coalesce(CASE WHEN criterion IS NOT NULL THEN expected_status END, (
            SELECT sc.status FROM criterion AS k JOIN scale AS sc USING (scale_no)
            WHERE k.criterion = s.criterion AND sc.counts_as = 'answered' ORDER BY sc.value DESC, sc.status_no LIMIT 1
        )) AS expected_status
    )
    FROM (SELECT o.operation_no, {{ typed('actions', 's') }}
        FROM sound_actions AS s JOIN operation AS o USING (operation)) AS s
)
-- An action that is imported again unchanged keeps its step.
SELECT g.*, CASE WHEN w.said = hash(g) THEN w.step ELSE $step END AS step
FROM given AS g
LEFT JOIN (
    SELECT action, step, hash(a) AS said
    FROM (SELECT operation_no, {{ stored('actions', 'a') }} FROM action AS a) AS a JOIN action AS w USING (action)
) AS w USING (action);

-- A row without a percentage withdraws the target.
DELETE FROM figure_target AS t
USING (SELECT s.*, o.operation_no FROM sound_targets AS s LEFT JOIN operation AS o USING (operation)) AS s
WHERE t.framework = s.framework AND t.kind = s.kind AND t.area IS NOT DISTINCT FROM s.area
    AND t.operation_no IS NOT DISTINCT FROM s.operation_no AND t.round IS NOT DISTINCT FROM s.round
    AND t.due_on IS NOT DISTINCT FROM CAST(s.due_on AS DATE);
INSERT INTO figure_target BY NAME
SELECT o.operation_no, {{ typed('targets', 's') }}
FROM sound_targets AS s LEFT JOIN operation AS o USING (operation) WHERE s.percent IS NOT NULL;

DELETE FROM context USING sound_context AS s, country AS c
WHERE c.country = s.country AND context.country_no = c.country_no AND context.indicator = s.indicator
    AND context.year = CAST(s.year AS SMALLINT) AND context.sex IS NOT DISTINCT FROM s.sex
    AND context.age IS NOT DISTINCT FROM s.age AND context.residence IS NOT DISTINCT FROM s.residence;
INSERT INTO context BY NAME
SELECT c.country_no, {{ typed('context', 's') }}
FROM sound_context AS s JOIN country AS c USING (country);

DELETE FROM law USING sound_law AS s WHERE law.law = s.law;
INSERT INTO law BY NAME
SELECT c.country_no, {{ typed('law', 's', 'criteria', 'risk_areas') }},
    coalesce(g.criteria, []) AS criteria, {{ split('s.risk_areas') }} AS risk_areas
FROM sound_law AS s
JOIN country AS c USING (country)
LEFT JOIN (
    SELECT law, list(DISTINCT coalesce(n.code, w.named) ORDER BY coalesce(n.code, w.named)) AS criteria
    FROM (SELECT law, unnest({{ split('criteria') }}) AS named FROM sound_law) AS w
    LEFT JOIN former_name AS n ON n.former = w.named
    GROUP BY law
) AS g ON g.law = s.law
ORDER BY s.law;
