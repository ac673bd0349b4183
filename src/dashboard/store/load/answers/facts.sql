-- How are the sound ratings, actions, targets and context figures written? A row replaces what was said about the same thing before.

DELETE FROM risk_rating USING sound_risk_ratings AS s, round AS r, operation AS o
WHERE r.round = s.round AND o.operation = s.operation AND risk_rating.round_no = r.round_no
    AND risk_rating.operation_no = o.operation_no AND risk_rating.impact = s.impact;
INSERT INTO risk_rating
SELECT r.round_no, o.operation_no, s.impact, coalesce(found, 'yes') = 'yes', CAST(scale AS SMALLINT), CAST(scope AS SMALLINT),
    CAST(irremediability AS SMALLINT), CAST(likelihood AS SMALLINT), CAST(residual_severity AS SMALLINT),
    CAST(residual_likelihood AS SMALLINT), residual_basis, confidence, basis, rated_by_role, CAST(rated_on AS DATE)
FROM sound_risk_ratings AS s JOIN round AS r USING (round) JOIN operation AS o USING (operation)
ORDER BY r.round_no, o.operation_no, s.impact;

DELETE FROM opportunity_rating USING sound_opportunity_ratings AS s, round AS r, operation AS o
WHERE r.round = s.round AND o.operation = s.operation AND opportunity_rating.round_no = r.round_no
    AND opportunity_rating.operation_no = o.operation_no AND opportunity_rating.impact = s.impact;
INSERT INTO opportunity_rating
SELECT r.round_no, o.operation_no, s.impact, coalesce(found, 'yes') = 'yes', CAST(reach AS SMALLINT), CAST(need AS SMALLINT),
    CAST(feasibility AS SMALLINT), confidence, basis, rated_by_role, CAST(rated_on AS DATE)
FROM sound_opportunity_ratings AS s JOIN round AS r USING (round) JOIN operation AS o USING (operation)
ORDER BY r.round_no, o.operation_no, s.impact;

INSERT OR REPLACE INTO action
WITH given AS (
    SELECT s.action, s.round, o.operation_no, s.criterion, s.impact, s.text, s.owner_role, CAST(s.due_on AS DATE) AS due_on,
        coalesce(s.status, 'open') AS status, coalesce(s.priority, 'medium') AS priority, s.reason,
        coalesce(CASE WHEN s.criterion IS NOT NULL THEN s.expected_status END, (
            SELECT sc.status FROM criterion AS k JOIN scale AS sc USING (scale_no)
            WHERE k.criterion = s.criterion AND sc.counts_as = 'answered' ORDER BY sc.value DESC, sc.status_no LIMIT 1
        )) AS expected_status, s.effort, s.cost, s.cause
    FROM sound_actions AS s JOIN operation AS o USING (operation)
)
-- An action that is imported again unchanged keeps its step.
SELECT g.*, CASE WHEN w.said = hash(g) THEN w.step ELSE $step END
FROM given AS g
LEFT JOIN (
    SELECT action, step, hash(a) AS said FROM (SELECT * EXCLUDE (step) FROM action) AS a JOIN action AS w USING (action)
) AS w USING (action);

-- A row without a percentage withdraws the target.
DELETE FROM figure_target AS t
USING (SELECT s.*, o.operation_no FROM sound_targets AS s LEFT JOIN operation AS o USING (operation)) AS s
WHERE t.framework = s.framework AND t.kind = s.kind AND t.area IS NOT DISTINCT FROM s.area
    AND t.operation_no IS NOT DISTINCT FROM s.operation_no AND t.round IS NOT DISTINCT FROM s.round
    AND t.due_on IS NOT DISTINCT FROM CAST(s.due_on AS DATE);
INSERT INTO figure_target
SELECT s.framework, s.kind, s.area, o.operation_no, s.round, CAST(s.due_on AS DATE), CAST(s.percent AS SMALLINT), s.baseline,
    s.owner_role, s.note
FROM sound_targets AS s LEFT JOIN operation AS o USING (operation) WHERE s.percent IS NOT NULL;

DELETE FROM context USING sound_context AS s, country AS c
WHERE c.country = s.country AND context.country_no = c.country_no AND context.indicator = s.indicator
    AND context.year = CAST(s.year AS SMALLINT);
INSERT INTO context
SELECT c.country_no, s.indicator, CAST(s.year AS SMALLINT), s.value, s.publisher, s.dataset, s.licence, s.note
FROM sound_context AS s JOIN country AS c USING (country);
