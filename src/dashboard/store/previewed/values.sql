-- What does one publication say about every sound imported row? One row per value, as text; missing values have none.

-- An unanswered criterion has no status here, so that its first answer counts as new.
INSERT INTO memory.main.said
UNPIVOT (
    SELECT $side AS side, h.form, h.row_id, CASE WHEN s.counts_as <> 'unanswered' THEN s.status END AS status,
        CASE WHEN a.evidence > 0 OR s.counts_as <> 'unanswered'
            THEN ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] END AS evidence,
        a.note, a.na_reason, a.answered_by_role, CAST(a.answered_on AS VARCHAR) AS answered_on, v.version AS framework_version
    FROM memory.main.handed AS h
    JOIN answer AS a USING (round_no, operation_no, criterion_no)
    JOIN scale AS s USING (status_no)
    LEFT JOIN framework_version AS v USING (version_no)
    WHERE h.form = 'answers' AND h.why IS NULL
) ON status, evidence, note, na_reason, answered_by_role, answered_on, framework_version INTO NAME col VALUE value;

INSERT INTO memory.main.said
UNPIVOT (
    SELECT $side AS side, h.form, h.row_id, CASE WHEN r.found THEN 'yes' ELSE 'none' END AS found, CAST(r.scale AS VARCHAR) AS scale,
        CAST(r.scope AS VARCHAR) AS scope, CAST(r.irremediability AS VARCHAR) AS irremediability,
        CAST(r.likelihood AS VARCHAR) AS likelihood, CAST(r.residual_severity AS VARCHAR) AS residual_severity,
        CAST(r.residual_likelihood AS VARCHAR) AS residual_likelihood, r.residual_basis, r.confidence, r.basis, r.rated_by_role,
        CAST(r.rated_on AS VARCHAR) AS rated_on
    FROM memory.main.handed AS h
    JOIN risk_rating AS r ON r.round_no = h.round_no AND r.operation_no = h.operation_no AND r.impact = h.code
    WHERE h.form = 'risk_ratings' AND h.why IS NULL
) ON found, scale, scope, irremediability, likelihood, residual_severity, residual_likelihood, residual_basis, confidence, basis,
    rated_by_role, rated_on INTO NAME col VALUE value;

INSERT INTO memory.main.said
UNPIVOT (
    SELECT $side AS side, h.form, h.row_id, CASE WHEN r.found THEN 'yes' ELSE 'none' END AS found, CAST(r.reach AS VARCHAR) AS reach,
        CAST(r.need AS VARCHAR) AS need, CAST(r.feasibility AS VARCHAR) AS feasibility, r.confidence, r.basis, r.rated_by_role,
        CAST(r.rated_on AS VARCHAR) AS rated_on
    FROM memory.main.handed AS h
    JOIN opportunity_rating AS r ON r.round_no = h.round_no AND r.operation_no = h.operation_no AND r.impact = h.code
    WHERE h.form = 'opportunity_ratings' AND h.why IS NULL
) ON found, reach, need, feasibility, confidence, basis, rated_by_role, rated_on INTO NAME col VALUE value;

INSERT INTO memory.main.said
UNPIVOT (
    SELECT $side AS side, h.form, h.row_id, a.text AS action_text, a.owner_role, CAST(a.due_on AS VARCHAR) AS due_on,
        a.status AS action_status, o.operation, a.round, a.criterion, a.impact, a.priority, a.reason, a.expected_status,
        a.effort, a.cost, a.cause
    FROM memory.main.handed AS h
    JOIN action AS a ON a.action = h.code
    JOIN operation AS o ON o.operation_no = a.operation_no
    WHERE h.form = 'actions' AND h.why IS NULL
) ON action_text, owner_role, due_on, action_status, operation, round, criterion, impact, priority, reason, expected_status,
    effort, cost, cause INTO NAME col VALUE value;

INSERT INTO memory.main.said
UNPIVOT (
    SELECT $side AS side, h.form, h.row_id, CAST(t.percent AS VARCHAR) AS percent, t.baseline, t.owner_role, t.note
    FROM memory.main.handed AS h
    JOIN (
        SELECT t.*, coalesce(o.operation, '') AS operation FROM figure_target AS t LEFT JOIN operation AS o USING (operation_no)
    ) AS t ON t.operation = coalesce(h.operation, '') AND h.code = concat_ws(' · ', framework, t.kind, area, t.round, t.due_on)
    WHERE h.form = 'targets' AND h.why IS NULL
) ON percent, baseline, owner_role, note INTO NAME col VALUE value;
