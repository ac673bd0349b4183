-- What does an action concern: one criterion or one impact? Its text, whether it is critical or severe in the
-- operation, who leads, and which statuses a criterion can reach, the best first.
WITH subject AS (
    SELECT k.criterion AS code, 'criterion' AS what, k.critical, k.scale_no,
        (SELECT list(target ORDER BY target) FROM criterion_link AS l
        WHERE l.criterion_no = k.criterion_no AND target_type = 'function') AS functions
    FROM criterion_card AS k WHERE k.criterion = $criterion
    UNION ALL
    SELECT impact, 'impact', false, NULL, functions FROM impact_card WHERE impact = $impact AND $criterion = ''
)
SELECT s.code, s.what, w.text, s.critical, w.evidence_hint,
    EXISTS (FROM exposure AS e
    WHERE e.impact = s.code AND e.round = $round AND e.operation = $operation AND e.severity = 4) AS severe,
    coalesce((SELECT list(status ORDER BY value DESC, status_no) FROM scale
        WHERE scale_no = s.scale_no AND counts_as = 'answered'), []) AS statuses,
    coalesce((SELECT list(title ORDER BY value DESC, status_no) FROM scale
        WHERE scale_no = s.scale_no AND counts_as = 'answered'), []) AS status_titles,
    (SELECT w.title FROM business_function AS f JOIN wording AS w ON w.id = f.function AND w.language = $lang
        WHERE f.function = s.functions[1]) AS leads
FROM subject AS s JOIN wording AS w ON w.id = s.code AND w.language = $lang;
